package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** How the learning rate changes while training goes on. */
public interface Schedule extends Plugin {
    /** What the learning rate is multiplied by in the update that comes next; a number. */
    Expr factor(ScheduleScope s);
}
