package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import java.util.Map;
import java.util.function.Supplier;

/** The options of a plugin whose equations declare nothing: a loss, a metric. */
public record Settings(Configured<?> use) implements OptionScope {
    @Override
    public <T> T value(Option<T> option) {
        if (!use.plugin().describe().options().contains(option)) {
            throw new ExpressionException("option", "'" + option.key() + "' is read but not declared");
        }
        return use.value(option);
    }

    @Override
    public Expr option(Option<? extends Number> option) {
        double number = value(option).doubleValue();
        return Expr.node(Op.OPTION, Shape.scalar(), Map.of("name", option.key(), "value", number));
    }

    @Override
    public void require(boolean condition, String reason) {
        if (!condition) {
            throw new UsageException(use.name() + " " + reason);
        }
    }

    /** What the plugin answers; an error in its equations names it and the line. */
    public <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (ExpressionException e) {
            throw Tracer.located(e, use.plugin(), use.name());
        }
    }
}
