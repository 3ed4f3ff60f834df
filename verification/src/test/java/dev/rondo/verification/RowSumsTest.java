package dev.rondo.verification;

import static dev.rondo.api.expr.Axis.BATCH;
import static dev.rondo.api.expr.Axis.FEATURES;
import static dev.rondo.api.expr.Axis.TIME;
import static dev.rondo.verification.Written.cell;
import static dev.rondo.verification.Written.layer;

import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Body;
import dev.rondo.api.spi.StepScope;
import dev.rondo.core.spec.Configured;
import dev.rondo.testkit.ModelTests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sums and means over all rows in the middle of a model: values, gradients, padding and bits. */
final class RowSumsTest {
    private static DynamicNode test(String name, Configured<?>... layers) {
        return ModelTests.of(name, List.of(layers), 3);
    }

    /** {@code x} in evaluation, where rows are independent; {@code mean} in training. */
    private static Expr trained(StepScope s, Expr mean, double otherwise) {
        return Fn.select(s.training(), mean, Expr.of(otherwise));
    }

    private static Expr normed(StepScope s, String name, Expr x) {
        Expr mean = s.batchMean(x);
        Expr variance = s.batchMean(Fn.square(x.minus(mean)));
        Expr centred = x.minus(trained(s, mean, 0.1));
        return centred.times(Fn.rsqrt(trained(s, variance, 0.9).plus(0.1))).times(s.vector(name, x.width(), Init.ONES));
    }

    private static final Body NORMED_CELL =
            (s, x) -> s.next("h", Fn.tanh(normed(s, "gain", s.linear("n", x)).plus(s.linear("u", s.state("h")))));

    @TestFactory
    Stream<DynamicNode> inTheStepOfACell() {
        return Stream.of(
                test("normed input", cell(NORMED_CELL)),
                test("normed twice, in two layers", cell(NORMED_CELL), cell(NORMED_CELL)),
                test("two normed gates", cell((s, x) -> {
                    Expr h = s.state("h");
                    Expr z = s.sigmoid(normed(s, "z", s.linear("z", x)).plus(s.linear("zh", h)));
                    Expr n = Fn.tanh(normed(s, "n", s.linear("n", x)).plus(s.linear("nh", h)));
                    return s.next("h", Fn.lerp(n, h, z));
                })),
                test("a mean that the loop reads", cell((s, x) -> {
                    Expr h = s.state("h");
                    Expr mean = trained(s, s.batchMean(Fn.tanh(s.linear("m", x))), 0.3);
                    return s.next("h", Fn.tanh(s.affine("n", x, h.times(mean))));
                })),
                test("a mean in a weight", cell((s, x) -> {
                    Expr h = s.state("h");
                    Expr size = trained(s, s.batchMean(Fn.sum(Fn.square(x), FEATURES)), 0.5);
                    Expr u = s.weight("U", 4, 4).times(Fn.tanh(size));
                    return s.next("h", Fn.tanh(s.affine("n", x, Term.weighted(h, u))));
                })),
                test("a mean of past inputs", cell((s, x) -> {
                    Expr past = s.lag(x, 2).times(s.lag(s.lag(x, 1), 1));
                    Expr mean = trained(s, s.batchMean(past), 0.2);
                    return s.next("h", Fn.tanh(s.affine("n", x.times(mean).plus(past), s.state("h"))));
                })),
                test("a mean of draws and clocks", cell((s, x) -> {
                    Expr h = s.state("h");
                    Expr chunk = s.batchMean(s.random(Draw.normal(), x, Draw.Per.CHUNK));
                    Expr step = s.batchMean(x.times(s.random(Draw.bernoulli(0.5), x, Draw.Per.STEP)));
                    Expr clock = s.batchMean(Fn.sin(s.index()));
                    Expr all = trained(s, chunk.plus(step).plus(clock), 0.2);
                    return s.next("h", Fn.tanh(s.affine("n", x.plus(all), h)));
                })),
                test("a mean of a constant", cell((s, x) -> {
                    Expr v = s.vector("v", 4, Init.ONES);
                    return s.next("h", Fn.tanh(s.affine("n", x, s.state("h")).times(s.batchMean(v))));
                })));
    }

    @TestFactory
    Stream<DynamicNode> overWholeSequences() {
        return Stream.of(
                test("a mean of what a loop gives", layer((s, x) -> {
                    Expr y = s.scan(NORMED_CELL, x);
                    return y.minus(trained(s, s.batchMean(y), 0.2)).times(s.vector("scale", 4, Init.ONES));
                })),
                test("a loop against time on a normed sequence", layer((s, x) -> {
                    Expr y = Fn.reverse(s.scan(NORMED_CELL, Fn.reverse(x)));
                    return normed(s, "again", y);
                })),
                test("a sum of all features", layer((s, x) -> {
                    Expr y = Fn.tanh(s.affine("n", x)); // not zero in padding
                    return y.times(trained(s, Fn.sum(y, TIME, BATCH).times(0.1), 1));
                })),
                test("a sum of everything", layer((s, x) -> {
                    Expr y = Fn.tanh(s.affine("n", x));
                    return y.times(trained(s, Fn.sum(y, TIME, BATCH, FEATURES).times(0.1), 1));
                })),
                test("a mean of everything", layer((s, x) -> {
                    Expr y = Fn.tanh(s.affine("n", x));
                    return y.times(trained(s, Fn.mean(y, TIME, BATCH, FEATURES), 1));
                })),
                test("a mean over time", layer((s, x) -> {
                    Expr y = Fn.tanh(s.affine("n", x));
                    return y.times(Fn.mean(y, TIME)).plus(Fn.mean(y, TIME, FEATURES));
                })),
                test("a mean of rows' last values", layer((s, x) -> {
                    Expr last = Fn.tanh(Fn.last(s.affine("n", x)));
                    Expr both = s.batchMean(last).plus(Fn.mean(last, BATCH)).plus(Fn.sum(last, BATCH));
                    return s.affine("m", x).times(trained(s, both, 1));
                })),
                test("a largest of sums", layer((s, x) -> {
                    Expr y = Fn.tanh(s.affine("n", x));
                    return y.times(trained(s, Fn.max(Fn.sum(Fn.abs(y), TIME, BATCH), FEATURES), 1));
                })));
    }

    @Test
    void whatIsNotKnownForAllStepsIsRefused() {
        Body ofAState = (s, x) -> {
            Expr h = s.state("h");
            return s.next("h", h.minus(s.batchMean(h)));
        };
        refuses(cell(ofAState), "batchMean: the operand depends on a state");
        refuses(cell(ofAState), "(RowSumsTest.java:");
        refuses(cell((s, x) -> s.affine("n", x).minus(Fn.sum(s.affine("m", x), BATCH))), "batchMean");
        refuses(layer((s, x) -> x.minus(Fn.sum(x, BATCH))), "over time as well");
        refuses(layer((s, x) -> x.minus(Fn.max(x, TIME, BATCH))), "sums and means only");
    }

    private static void refuses(Configured<?> layer, String reason) {
        Written.refusal(layer).hasMessageContaining(reason);
    }
}
