package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/** A cell that reads an option which it never declared. */
public final class Undeclared implements Cell {
    private static final Option<Boolean> BIAS = Option.flag("bias", true);

    @Override
    public Descriptor describe() {
        return Descriptor.of("Undeclared")
                .standard("A product.")
                .example("Undeclared_8")
                .size(Descriptor.Size.REQUIRED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        return s.value(BIAS) ? s.affine("out", x) : s.linear("out", x);
    }
}
