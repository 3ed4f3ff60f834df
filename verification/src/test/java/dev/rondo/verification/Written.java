package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Body;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.assertj.core.api.AbstractThrowableAssert;

/** Cells and layers of four units whose equations stand in the test that needs them. */
final class Written {
    private record Step(Body body) implements Cell {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Written").size(Descriptor.Size.REQUIRED);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            return body.step(s, x);
        }
    }

    private record Whole(BiFunction<LayerScope, Expr, Expr> body) implements Layer {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Written").size(Descriptor.Size.REQUIRED);
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return body.apply(s, x);
        }
    }

    private Written() {}

    static Configured<?> cell(Body body) {
        return new Configured<>(new Step(body), 4, Map.of(), List.of(), "");
    }

    static Configured<?> layer(BiFunction<LayerScope, Expr, Expr> body) {
        return new Configured<>(new Whole(body), 4, Map.of(), List.of(), "");
    }

    /** Why tracing {@code layer} on three features is refused. */
    static AbstractThrowableAssert<?, ?> refusal(Configured<?> layer) {
        Tracer tracer = new Tracer(Gates.STANDARD, spec -> {
            throw new UsageException("no activation " + spec + " here");
        });
        return assertThatThrownBy(() -> tracer.trace(List.of(layer), 3)).isInstanceOf(UsageException.class);
    }
}
