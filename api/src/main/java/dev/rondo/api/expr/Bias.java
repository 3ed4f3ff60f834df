package dev.rondo.api.expr;

/** The initial values of the bias of an {@code affine}; made by {@link Term#bias(double)}. */
public record Bias(Init init) implements Term {}
