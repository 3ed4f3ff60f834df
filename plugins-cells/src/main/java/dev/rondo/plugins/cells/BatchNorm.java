package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.rsqrt;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.square;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.StepScope;

/**
 * Batch normalisation of what depends on no state (arXiv 1502.03167): in training by mean and variance over the valid steps of all
 * rows of a chunk, in evaluation by their running averages, so that rows stay independent and streams go on.
 */
final class BatchNorm {
    private static final double EPS = 1e-5;

    private BatchNorm() {}

    /**
     * {@code x} normed, then scaled and shifted by trained vectors.
     *
     * @param momentum share of a new chunk in the running averages
     */
    static Expr normed(StepScope s, String name, Expr x, double momentum) {
        Expr mean = s.batchMean(x);
        Expr variance = s.batchMean(square(x.minus(mean)));
        Expr m = select(s.training(), mean, running(s, name + ".mean", mean, Init.ZEROS, momentum));
        Expr v = select(s.training(), variance, running(s, name + ".variance", variance, Init.ONES, momentum));
        return x.minus(m)
                .times(rsqrt(v.plus(EPS)))
                .times(s.vector(name + ".gain", x.width(), Init.ONES))
                .plus(s.vector(name + ".shift", x.width(), Init.ZEROS));
    }

    private static Expr running(StepScope s, String name, Expr now, Init start, double momentum) {
        Expr average = s.buffer(name, Shape.vector(now.width()), start);
        s.update(average, lerp(average, now, momentum));
        return average;
    }
}
