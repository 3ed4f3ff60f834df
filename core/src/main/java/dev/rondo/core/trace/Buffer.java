package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;

/**
 * An array that equations set instead of an optimiser: once after each chunk of training, never in evaluation.
 *
 * @param name full name, as in {@code 1.LiGRU/z.mean}
 * @param leaf the node that equations read; a constant to differentiation
 * @param update its value after the chunk, without time and batch
 */
public record Buffer(String name, Expr leaf, Init init, Expr update) implements Stored {}
