package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;

/** A cell with one sigmoid and one tanh, both replaceable: where the contract of activations tries them as gates. */
record Gated() implements Cell {
    @Override
    public Descriptor describe() {
        return Descriptor.of("Gated").standard("One gate.").size(Descriptor.Size.REQUIRED);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        Expr gate = s.sigmoid(s.affine("z", x, h));
        return s.next("h", Fn.lerp(h, s.tanh(s.affine("n", x, gate.times(h))), gate));
    }
}
