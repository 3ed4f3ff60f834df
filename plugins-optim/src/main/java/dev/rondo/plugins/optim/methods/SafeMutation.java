package dev.rondo.plugins.optim.methods;

import static dev.rondo.api.expr.Fn.less;
import static dev.rondo.api.expr.Fn.max;
import static dev.rondo.api.expr.Fn.select;
import static dev.rondo.api.expr.Fn.slice;
import static dev.rondo.api.expr.Fn.sqrt;
import static dev.rondo.api.expr.Fn.sum;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Moment;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.TrainingScope;

/**
 * SM-G-SUM: a random change of the parameters where training is stuck, the smaller for each the more the outputs depend on it.
 *
 * <p>The sensitivity of a weight is √ Σₖ (Σᵢ ∂yᵢₖ/∂w)² over the outputs k at all steps and rows i of a chunk. One of 0 counts as 1, as a
 * weight that does nothing is no reason for a large change, and one below 0.01 as 0.01.
 */
@AutoService(TrainingMethod.class)
public final class SafeMutation implements TrainingMethod {
    private static final double LEAST = 0.01;
    private static final Option<Double> SIZE =
            Option.real("size", 0.05).range(0, 1e6).doc("Standard deviation of the change at a sensitivity of 1.");
    private static final Option<Integer> AFTER =
            Option.whole("after", 10).range(1, 1e6).doc("Epochs without a better loss before the parameters change.");
    private static final Option<Integer> KEEP = Option.whole("keep", 5)
            .range(1, 1e6)
            .doc("Epochs in which the loss must get better, or the old parameters come back.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("SafeMutation")
                .summary("Random changes of the parameters where training is stuck, small where outputs are sensitive.")
                .paper("1712.06563", "Safe Mutations for Deep and Recurrent Neural Networks through Output Gradients")
                .example("SafeMutation_after=5")
                .options(SIZE, AFTER, KEEP);
    }

    @Override
    public Moment moment(OptionScope s) {
        return new Moment.WhenStuck(s.value(AFTER), s.value(KEEP));
    }

    @Override
    public Bundle update(TrainingScope s) {
        Bundle parameters = s.parameters();
        Bundle squares = squares(s, 0);
        for (int k = 1; k < s.output().width(); k++) {
            squares = squares.plus(squares(s, k));
        }
        return parameters.zip(squares, (name, value, square) -> {
            Expr sensitivity = select(less(0, square), max(sqrt(square), LEAST), Expr.of(1));
            Expr change = s.random(Draw.normal(), value).times(s.option(SIZE));
            return value.plus(change.div(sensitivity));
        });
    }

    /** What output {@code k} adds to the squares of the sensitivities. */
    private static Bundle squares(TrainingScope s, int k) {
        Expr total = sum(slice(s.output(), k, k + 1));
        return s.gradient(total, s.parameters()).map(Fn::square);
    }
}
