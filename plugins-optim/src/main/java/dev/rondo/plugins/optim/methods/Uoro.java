package dev.rondo.plugins.optim.methods;

import static dev.rondo.api.expr.Fn.sqrt;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Moment;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.TrainingScope;

/**
 * Learns in every step, without a pass backwards through time: s̃ θ̃ᵀ, a matrix of rank one, is on average the derivative of the states
 * by the parameters, as far back as the stream goes.
 *
 * <p>The gradient is right on average for parameters that stand still, and its variance grows with the number of states: small learning
 * rates suit it. s̃ is one vector over rows and states, and norms go over everything. ρ₀ and ρ₁ are those of the authors' code, √((a + ε)/(b + ε)); the paper adds ε behind the root.
 */
@AutoService(TrainingMethod.class)
public final class Uoro implements TrainingMethod {
    private static final Option<Double> EPSILON =
            Option.real("eps", 1e-5).range(1e-30, 1).doc("ε, which keeps the scales finite.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("UORO")
                .summary("An unbiased gradient in every step, without a pass backwards through time.")
                .paper("1702.05043", "Unbiased Online Recurrent Optimization")
                .example("UORO")
                .options(EPSILON);
    }

    @Override
    public Moment moment(OptionScope s) {
        return new Moment.EachStep();
    }

    @Override
    public Bundle update(TrainingScope s) {
        Bundle parameters = s.parameters();
        Bundle old = s.states();
        Bundle now = s.nextStates();
        Bundle states = s.memory("s", old); // s̃
        Bundle theta = s.memory("theta", parameters); // θ̃
        Expr along = s.gradient(s.loss(), old).dot(states);
        Bundle gradient = s.gradient(s.loss(), parameters).plus(theta.times(along));

        Bundle signs = old.map(each -> s.random(Draw.sign(), each)); // ν
        Bundle forward = s.tangent(now, old, states);
        Bundle back = s.gradient(now.dot(signs), parameters);
        Expr first = ratio(s, theta, forward); // ρ₀
        Expr second = ratio(s, back, signs); // ρ₁
        s.next("s", forward.times(first).plus(signs.times(second)));
        s.next("theta", theta.div(first).plus(back.div(second)));
        return gradient;
    }

    private static Expr ratio(TrainingScope s, Bundle a, Bundle b) {
        Expr epsilon = s.option(EPSILON);
        return sqrt(a.norm().plus(epsilon).div(b.norm().plus(epsilon)));
    }
}
