package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.core.spec.Configured;
import java.util.List;
import java.util.Map;

/** A stack of layers forward in time, and another copy of it backward, side by side. */
record BothWays(int depth) implements Layer {
    static Configured<BothWays> of(List<Configured<?>> stack) {
        return new Configured<>(new BothWays(stack.size()), 0, Map.of(), stack, "");
    }

    @Override
    public Descriptor describe() {
        return Descriptor.of("BothWays").standard("Two directions.").wraps(depth, depth);
    }

    @Override
    public Expr forward(LayerScope s, Expr x) {
        return Fn.concat(run(s, "forward", x), Fn.reverse(run(s, "backward", Fn.reverse(x))));
    }

    private Expr run(LayerScope s, String path, Expr x) {
        Expr y = x;
        for (int i = 0; i < depth; i++) {
            y = s.layer(i, path + i, y);
        }
        return y;
    }
}
