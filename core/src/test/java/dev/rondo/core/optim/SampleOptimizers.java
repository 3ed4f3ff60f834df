package dev.rondo.core.optim;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.dot;
import static dev.rondo.api.expr.Fn.lerp;
import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.matmul;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.norm;
import static dev.rondo.api.expr.Fn.oneMinus;
import static dev.rondo.api.expr.Fn.pow;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.square;
import static dev.rondo.api.expr.Fn.sum;
import static dev.rondo.api.expr.Fn.transpose;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import java.util.function.Function;

/** Update rules that use what the optimisers of this version do not: gradient points, losses, norms, totals and products. */
final class SampleOptimizers {
    private SampleOptimizers() {}

    /** A rule with the learning rate {@code rate}. */
    static Optimizer rule(String name, double rate, Function<OptimizerScope, Expr> update) {
        return rule(name, rate, OptimizerScope::parameter, update);
    }

    static Optimizer rule(
            String name, double rate, Function<OptimizerScope, Expr> point, Function<OptimizerScope, Expr> update) {
        return new Optimizer() {
            @Override
            public Descriptor describe() {
                return Descriptor.of(name).learningRate(rate);
            }

            @Override
            public Expr gradientPoint(OptimizerScope s) {
                return point.apply(s);
            }

            @Override
            public Expr update(OptimizerScope s) {
                return update.apply(s);
            }
        };
    }

    static Optimizer adine(double rate) {
        return rule("ADINE", rate, s -> s.parameter().plus(momentum(s).times(s.state("v"))), s -> {
            Expr v = s.next(
                    "v", momentum(s).times(s.state("v")).minus(s.learningRate().times(s.gradient())));
            s.next("A", average(s));
            return s.parameter().plus(v);
        });
    }

    private static Expr average(OptimizerScope s) {
        return s.shared("A", 0).plus(s.loss()).div(2);
    }

    private static Expr momentum(OptimizerScope s) {
        return select(less(s.shared("A", 0), average(s)), Expr.of(0.9), Expr.of(1.0001));
    }

    static Optimizer scheduleFree(double rate) {
        return rule("Free", rate, s -> lerp(s.state("z", s.initial()), s.parameter(), 0.9), s -> {
            Expr most = s.next("most", max(s.shared("most", 0), s.learningRate()));
            Expr total = s.next("W", s.shared("W", 0).plus(square(most)));
            Expr z =
                    s.next("z", s.state("z", s.initial()).minus(s.learningRate().times(s.gradient())));
            return lerp(s.parameter(), z, square(most).div(total));
        });
    }

    static Optimizer prodigy(double d0) {
        return rule("Prodigy", 1, s -> {
            double b1 = 0.9;
            double b2 = 0.999;
            double b3 = Math.sqrt(b2);
            Expr g = s.gradient();
            Expr d = s.shared("d", d0);
            Expr step = d.times(s.learningRate());
            Expr m = s.next("m", s.state("m").times(b1).plus(g.times(d.times(1 - b1))));
            Expr v = s.next(
                    "v", s.state("v").times(b2).plus(square(g).times(square(d).times(1 - b2))));
            Expr sv = s.next(
                    "s", s.state("s").times(b3).plus(g.times(d.times(step).div(d0))));
            Expr gap = s.total("gap", dot(g, s.initial().minus(s.parameter())));
            Expr n = s.next(
                    "N", s.shared("N", 0).times(b3).plus(gap.times(d.times(step).div(d0))));
            Expr after = s.next("d", max(d, n.div(max(s.total("s", sum(abs(sv))), 1e-300))));
            return s.parameter().minus(step.times(m).div(sqrt(v).plus(after.times(1e-8))));
        });
    }

    static Optimizer lamb(double rate, double decay) {
        return rule("LAMB", rate, s -> {
            Expr g = s.gradient();
            Expr m = s.next("m", lerp(s.state("m"), g, 0.1));
            Expr v = s.next("v", lerp(s.state("v"), square(g), 0.001));
            Expr mean = m.div(oneMinus(pow(0.9, s.count())));
            Expr scale = sqrt(v.div(oneMinus(pow(0.999, s.count())))).plus(1e-6);
            Expr r = mean.div(scale).plus(s.parameter().times(decay));
            return s.parameter()
                    .minus(s.learningRate()
                            .times(norm(s.parameter()).div(norm(r)))
                            .times(r));
        });
    }

    static Optimizer muon(double rate) {
        return rule("Muon", rate, s -> {
            Expr g = s.gradient();
            Expr m = s.next("m", lerp(s.state("m"), g, 1 - 0.95));
            boolean tall = g.shape().size(Axis.ROWS) > g.shape().size(Axis.COLUMNS);
            return s.parameter().minus(orthogonal(lerp(g, m, 0.95), tall).times(s.learningRate()));
        });
    }

    private static Expr orthogonal(Expr u, boolean tall) {
        Expr x = tall ? transpose(u) : u;
        x = x.div(norm(x).plus(1e-7));
        for (int i = 0; i < 5; i++) {
            Expr a = matmul(x, transpose(x));
            Expr b = a.times(-4.7750).plus(matmul(a, a).times(2.0315));
            x = x.times(3.4445).plus(matmul(b, x));
        }
        return tall ? transpose(x) : x;
    }
}
