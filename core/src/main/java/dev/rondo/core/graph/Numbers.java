package dev.rondo.core.graph;

import dev.rondo.api.expr.Op;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Arithmetic of numbers that are known before a program runs, in double. */
final class Numbers {
    private Numbers() {}

    /** The value of {@code op} on constants, or nothing where it is not worth folding. */
    static OptionalDouble fold(Op op, Map<String, Object> attributes, double[] x) {
        return switch (op) {
            case NEGATE -> OptionalDouble.of(-x[0]);
            case EXP -> OptionalDouble.of(Math.exp(x[0]));
            case LOG -> OptionalDouble.of(Math.log(x[0]));
            case SQRT -> OptionalDouble.of(Math.sqrt(x[0]));
            case RSQRT -> OptionalDouble.of(1 / Math.sqrt(x[0]));
            case ABS -> OptionalDouble.of(Math.abs(x[0]));
            case SQUARE -> OptionalDouble.of(x[0] * x[0]);
            case FLOOR -> OptionalDouble.of(Math.floor(x[0]));
            case ONE_MINUS -> OptionalDouble.of(1 - x[0]);
            case ADD -> OptionalDouble.of(x[0] + x[1]);
            case SUBTRACT -> OptionalDouble.of(x[0] - x[1]);
            case MULTIPLY -> OptionalDouble.of(x[0] * x[1]);
            case DIVIDE -> OptionalDouble.of(x[0] / x[1]);
            case MINIMUM -> OptionalDouble.of(Math.min(x[0], x[1]));
            case MAXIMUM -> OptionalDouble.of(Math.max(x[0], x[1]));
            case POWER -> OptionalDouble.of(Math.pow(x[0], x[1]));
            case LESS -> OptionalDouble.of(x[0] < x[1] ? 1 : 0);
            case SELECT -> OptionalDouble.of(x[0] != 0 ? x[1] : x[2]);
            case LERP -> OptionalDouble.of(x[0] + x[2] * (x[1] - x[0]));
            case CLAMP ->
                OptionalDouble.of(Math.max(number(attributes, "low"), Math.min(number(attributes, "high"), x[0])));
            default -> OptionalDouble.empty();
        };
    }

    private static double number(Map<String, Object> attributes, String name) {
        return (Double) Objects.requireNonNull(attributes.get(name));
    }
}
