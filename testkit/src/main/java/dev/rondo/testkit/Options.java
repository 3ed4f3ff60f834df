package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import java.util.Map;

/** The options of a loss, as numbers. */
record Options(Configured<?> configured) implements OptionScope {
    @Override
    public <T> T value(Option<T> option) {
        return configured.value(option);
    }

    @Override
    public Expr option(Option<? extends Number> option) {
        double number = value(option).doubleValue();
        return Expr.node(Op.OPTION, Shape.scalar(), Map.of("name", option.key(), "value", number));
    }

    @Override
    public void require(boolean condition, String reason) {
        if (!condition) {
            throw new UsageException(configured.name() + ": " + reason);
        }
    }
}
