package dev.rondo.core.measure;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.MetricScope;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The equations of one metric, for some targets. */
public final class MetricEquations implements Settings, MetricScope {
    private final Configured<Metric> metric;
    private final int targets;
    private final int classes;
    private final Expr count = Expr.node(Op.INPUT, Shape.scalar(), Map.of("name", "count"));
    private final Map<Integer, Expr> naiveErrors = new LinkedHashMap<>();
    private final Expr figure;

    /**
     * Traces {@code metric}.
     *
     * @param classes of the target, 0 where numbers are measured
     * @throws dev.rondo.api.spi.UsageException if it cannot measure that
     */
    public MetricEquations(Configured<Metric> metric, Expr prediction, Expr target, int classes) {
        this.metric = metric;
        targets = target.width();
        this.classes = classes;
        figure = asked(() -> {
            Expr result = metric.plugin().of(this, prediction, target);
            if (!result.shape().axes().isEmpty()) {
                throw new ExpressionException("metric", "a figure has no axes, but this has " + result.shape());
            }
            return result;
        });
    }

    /** By how much values so many steps apart differ in the training part, a number for each target. */
    @FunctionalInterface
    public interface NaiveErrors {
        double[] of(int lag);
    }

    /** The figure as an equation of prediction, target, {@code count}, the number of steps and rows, and naive errors. */
    public Expr figure() {
        return figure;
    }

    /** The figure. */
    public double evaluate(Measure measure, NaiveErrors errors) {
        measure.bindFixed(count, measure.count());
        naiveErrors.forEach((lag, leaf) -> measure.bindFixed(leaf, errors.of(lag)));
        return measure.number(figure);
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public Expr mean(Expr x) {
        int width = x.shape().has(Axis.FEATURES) ? x.width() : 1;
        return overAll(Op.SUM, "mean", x).div(count.times(width));
    }

    @Override
    public Expr min(Expr x) {
        return overAll(Op.MAX_OVER, "min", x.unaryMinus()).unaryMinus();
    }

    @Override
    public Expr max(Expr x) {
        return overAll(Op.MAX_OVER, "max", x);
    }

    private static Expr overAll(Op op, String name, Expr x) {
        if (!x.shape().has(Axis.TIME) || !x.shape().has(Axis.BATCH)) {
            throw new ExpressionException(name, "operand " + x.shape() + " has no value for each step and row");
        }
        boolean features = x.shape().has(Axis.FEATURES);
        if (op == Op.SUM) {
            return features ? Fn.sum(x, Axis.TIME, Axis.BATCH, Axis.FEATURES) : Fn.sum(x, Axis.TIME, Axis.BATCH);
        }
        return features ? Fn.max(x, Axis.TIME, Axis.BATCH, Axis.FEATURES) : Fn.max(x, Axis.TIME, Axis.BATCH);
    }

    @Override
    public Expr naiveError(int lag) {
        return naiveErrors.computeIfAbsent(
                lag, any -> Expr.node(Op.INPUT, Shape.vector(targets), Map.of("name", "naive" + lag)));
    }

    @Override
    public Configured<?> use() {
        return metric;
    }
}
