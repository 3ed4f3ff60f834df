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

/** The options of one use of a plugin: the scope of every kind is this, and more. */
public interface Settings extends OptionScope {
    /** The settings of {@code use} alone, for plugins whose equations declare nothing. */
    static Settings of(Configured<?> use) {
        return () -> use;
    }

    /** What is set. */
    Configured<?> use();

    /** What errors call it, as in {@code LSTM at 1.LSTM}. */
    default String called() {
        return use().name();
    }

    @Override
    default <T> T value(Option<T> option) {
        if (!use().plugin().describe().options().contains(option)) {
            throw new ExpressionException("option", "'" + option.key() + "' is read but not declared");
        }
        return use().value(option);
    }

    @Override
    default Expr option(Option<? extends Number> option) {
        double number = value(option).doubleValue();
        return Expr.node(Op.OPTION, Shape.scalar(), Map.of("name", option.key(), "value", number));
    }

    @Override
    default void require(boolean condition, String reason) {
        if (!condition) {
            throw new UsageException(called() + ": " + reason);
        }
    }

    /** What the plugin answers; an error in its equations names it and the line. */
    default <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (ExpressionException e) {
            throw new UsageException(called() + SourceLine.of(e, use().plugin()) + ": " + e.getMessage(), e);
        }
    }
}
