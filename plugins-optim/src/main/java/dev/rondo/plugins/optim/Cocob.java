package dev.rondo.plugins.optim;

import static dev.rondo.api.expr.Fn.abs;
import static dev.rondo.api.expr.Fn.max;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;

/**
 * Bets on the sign of each weight's gradient, so that it needs no learning rate (COCOB-Backprop, algorithm 2 of the paper).
 *
 * <pre>
 * L' = max(L, |g|)      G' = G + |g|      R' = max(R − o g, 0)      S' = S − g
 * o' = S' (L' + R') / (L' max(G' + L', α L'))                       θ' = θ + o' − o
 * </pre>
 *
 * <p>Each weight has its own; o is how far the bets have moved it. L begins at 10⁻⁸, all else at 0.
 */
@AutoService(Optimizer.class)
public final class Cocob implements Optimizer {
    /** Not zero: a weight whose first gradients are zero would else become 0/0. */
    private static final double LEAST_SCALE = 1e-8;

    private static final Option<Double> ALPHA = Option.real("alpha", 100)
            .range(1, Double.POSITIVE_INFINITY)
            .doc("α, about how many first steps are careful.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("COCOB")
                .summary("Betting on coins: no learning rate at all.")
                .paper("1705.07795", "Training Deep Networks without Learning Rates Through Coin Betting")
                .example("COCOB_alpha=100")
                .options(ALPHA);
    }

    @Override
    public Expr update(OptimizerScope s) {
        Expr g = s.gradient();
        Expr old = s.state("offset");
        Expr scale = s.next("L", max(s.state("L", LEAST_SCALE), abs(g)));
        Expr total = s.next("G", s.state("G").plus(abs(g)));
        Expr reward = s.next("R", max(s.state("R").minus(old.times(g)), 0));
        Expr sum = s.next("S", s.state("S").minus(g));
        Expr caution = max(total.plus(scale), s.option(ALPHA).times(scale));
        Expr offset = s.next("offset", sum.times(scale.plus(reward)).div(scale.times(caution)));
        return s.parameter().plus(offset.minus(old)); // others may move the parameter, and the bet goes on
    }
}
