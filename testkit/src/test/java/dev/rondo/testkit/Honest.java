package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/** A cell without a mistake. */
public final class Honest implements Cell {
    private static final Option<Double> KEEP =
            Option.real("keep", 0.5).range(0, 1).doc("Share of the old state.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("Honest")
                .standard("A leaky state.")
                .example("Honest_8")
                .size(Descriptor.Size.REQUIRED)
                .options(KEEP);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        return s.next("h", Fn.lerp(s.tanh(s.affine("n", x, h)), h, s.option(KEEP)));
    }
}
