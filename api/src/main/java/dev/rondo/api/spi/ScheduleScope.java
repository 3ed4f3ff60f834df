package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** What a schedule may ask for; all values are numbers without axes, in double. */
public interface ScheduleScope extends OptionScope {
    /** Updates of the parameters so far, 0 before the first. */
    Expr count();

    /** Updates that are planned in all, at least 1. */
    Expr planned();

    /** Share of the planned passes over the data that is done, from 0 to 1. */
    Expr done();

    /**
     * The loss on the validation part at the last check; on the training part where there is no validation part; not a number before the
     * first check, when {@link #checked} is 0.
     */
    Expr validation();

    /** How often that loss was taken so far. */
    Expr checked();

    /** The old value of a number that is kept from update to update. */
    Expr shared(String name, double initial);

    /**
     * Sets the new value of a kept number.
     *
     * @return {@code value}
     */
    Expr next(String name, Expr value);
}
