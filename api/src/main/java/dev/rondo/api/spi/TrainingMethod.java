package dev.rondo.api.spi;

import dev.rondo.api.expr.Bundle;

/** A way to train that takes the place of back-propagation through time, or helps it on where it is stuck. */
public interface TrainingMethod extends Plugin {
    /** When {@link #update} is asked; options may decide it. */
    Moment moment(OptionScope s);

    /** The gradient by the parameters in each step, new parameters when training is stuck; by the parameters' names. */
    Bundle update(TrainingScope s);
}
