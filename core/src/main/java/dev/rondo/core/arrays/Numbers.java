package dev.rondo.core.arrays;

import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.Erf;
import java.util.Map;
import java.util.Objects;

/** The elementwise functions of the language in double precision. */
public final class Numbers {
    private Numbers() {}

    /** The value of an elementwise operation with these attributes on numbers. */
    public static double of(Op op, Map<String, Object> attributes, double... x) {
        if (op == Op.CLAMP) {
            return clamp(x[0], bound(attributes, "low"), bound(attributes, "high"));
        }
        return switch (x.length) {
            case 1 -> unary(op, x[0]);
            case 2 -> binary(op, x[0], x[1]);
            default -> ternary(op, x[0], x[1], x[2]);
        };
    }

    private static double bound(Map<String, Object> attributes, String name) {
        return (Double) Objects.requireNonNull(attributes.get(name));
    }

    /** The value of an operation on one number. */
    public static double unary(Op op, double x) {
        return switch (op) {
            case NEGATE -> -x;
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SQRT -> Math.sqrt(x);
            case RSQRT -> 1 / Math.sqrt(x);
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQUARE -> x * x;
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case FLOOR -> Math.floor(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(x, 0);
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case ERF -> Erf.of(x);
            case ONE_MINUS -> 1 - x;
            case STOP_GRADIENT, CLIP_GRADIENT -> x;
            default -> throw new IllegalArgumentException(op + " is no function of one number");
        };
    }

    /** The value of an operation on two numbers. */
    public static double binary(Op op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MINIMUM -> Math.min(a, b);
            case MAXIMUM -> Math.max(a, b);
            case POWER -> Math.pow(a, b);
            case LESS -> a < b ? 1 : 0;
            default -> throw new IllegalArgumentException(op + " is no function of two numbers");
        };
    }

    /** The value of an operation on three numbers. */
    public static double ternary(Op op, double a, double b, double c) {
        return switch (op) {
            case SELECT -> a != 0 ? b : c;
            case LERP -> a + c * (b - a);
            case PHASE -> {
                double turns = (a - b) / c;
                yield turns - Math.floor(turns);
            }
            default -> throw new IllegalArgumentException(op + " is no function of three numbers");
        };
    }

    /** x within [low, high]; not-a-number stays. */
    public static double clamp(double x, double low, double high) {
        return Math.min(Math.max(x, low), high);
    }
}
