package dev.rondo.plugins.activations;

import static dev.rondo.api.expr.Fn.sigmoid;
import static dev.rondo.api.expr.Fn.sign;
import static dev.rondo.api.expr.Fn.square;

import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.ActivationScope;

/** What the noisy activations have in common: a hard function, its straight line, and noise by the distance of the two. */
final class NoisySaturation {
    private NoisySaturation() {}

    /** y for a hard function {@code h} of {@code x} and its straight line {@code u}. */
    static Expr of(ActivationScope s, Expr x, Expr h, Expr u, double a, Expr c, boolean half) {
        Expr p = s.vector("p", x.width(), Init.ONES);
        Expr scale = square(sigmoid(p.times(h.minus(u))).minus(0.5)).times(c);
        Expr noise = s.random(half ? Draw.halfNormal() : Draw.normal(), x, Draw.Per.STEP);
        Expr push = sign(x).times(-Math.signum(1 - a)).times(scale).times(noise);
        return h.times(a).plus(u.times(1 - a)).plus(push);
    }
}
