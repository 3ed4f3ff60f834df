package dev.rondo.api.spi;

import dev.rondo.api.expr.Expr;

/** What a layer may ask for; its values are sequences, [time, batch, features]. */
public interface LayerScope extends StepScope {
    /** Runs {@code body} over {@code sequence}, step by step, its states carried from call to call. */
    Expr scan(Body body, Expr sequence);

    /** One more copy of the wrapped layer number {@code i}, its parameters under {@code path}. */
    Expr layer(int i, String path, Expr x);

    /** 1 where a step lies within its row's length, [time, batch]. */
    Expr valid();
}
