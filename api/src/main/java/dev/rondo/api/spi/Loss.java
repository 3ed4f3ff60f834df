package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/**
 * What training makes small.
 *
 * <p>A target is a number or one of several classes. Targets that are numbers are treated together, each with one output of the
 * model; a target with classes is treated by itself, with as many outputs as {@link #outputs} says.
 */
public interface Loss extends Plugin {
    /**
     * The loss of every step, averaged over features.
     *
     * @param output of the model, [time, batch, features]
     * @param target numbers in the same shape, or as the only feature the number of a class, from 0
     * @return [time, batch]
     */
    Expr of(OptionScope s, Expr output, Expr target);

    /**
     * How many outputs of a model stand for one target; the model's last layer is that wide.
     *
     * @param classes of the target, 0 if it is a number
     * @throws UsageException if such a target cannot be compared
     */
    default int outputs(OptionScope s, int classes) {
        s.require(classes == 0, "needs a target that is a number; this is one of " + classes + " classes");
        return 1;
    }

    /**
     * What outputs say about the target: a number as it is, of classes the probability of each.
     *
     * @param output [time, batch, features], for one target with classes or for all that are numbers
     * @return with a feature for each number, or for each class
     */
    default Expr prediction(OptionScope s, Expr output) {
        return output;
    }
}
