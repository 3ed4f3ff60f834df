package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;

/** A cell that declares an option which it never reads, names no source, and fixes a function that users may replace. */
public final class Mistaken implements Cell {
    private static final Option<Boolean> FORGOTTEN = Option.flag("forgotten", false);

    @Override
    public Descriptor describe() {
        return Descriptor.of("Mistaken")
                .example("Mistaken_8")
                .size(Descriptor.Size.REQUIRED)
                .options(FORGOTTEN);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        return s.next("h", Fn.tanh(s.affine("n", x, s.state("h"))));
    }
}
