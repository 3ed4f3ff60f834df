package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;

/** Functions of single numbers: value and, for each operand, derivative. */
final class Elements {
    private Elements() {}

    static double value(Expr node, double x) {
        return switch (node.op()) {
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
            case SIGMOID -> logistic(x);
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(x, 0);
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case ERF -> erf(x);
            case ONE_MINUS -> 1 - x;
            case CLAMP -> Math.min(Math.max(x, low(node)), high(node));
            case STOP_GRADIENT, CLIP_GRADIENT, BROADCAST -> x;
            default -> throw new IllegalArgumentException(node.op() + " is no function of one number");
        };
    }

    static double slope(Expr node, double x) {
        return switch (node.op()) {
            case NEGATE, ONE_MINUS -> -1;
            case EXP, EXPM1 -> Math.exp(x);
            case LOG -> 1 / x;
            case LOG1P -> 1 / (1 + x);
            case SQRT -> 0.5 / Math.sqrt(x);
            case RSQRT -> -0.5 / (x * Math.sqrt(x));
            case ABS -> Math.signum(x);
            case SIGN, FLOOR, STOP_GRADIENT -> 0;
            case SQUARE -> 2 * x;
            case SIN -> Math.cos(x);
            case COS -> -Math.sin(x);
            case SIGMOID -> logistic(x) * logistic(-x);
            case TANH -> 1 / (Math.cosh(x) * Math.cosh(x));
            case RELU -> x > 0 ? 1 : 0;
            case SOFTPLUS -> logistic(x);
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
            case CLAMP -> x > low(node) && x < high(node) ? 1 : 0;
            case BROADCAST, CLIP_GRADIENT -> 1;
            default -> throw new IllegalArgumentException(node.op() + " is no function of one number");
        };
    }

    static double value(Op op, double a, double b) {
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

    /** Derivative by the first operand. */
    static double first(Op op, double a, double b) {
        return switch (op) {
            case ADD, SUBTRACT -> 1;
            case MULTIPLY -> b;
            case DIVIDE -> 1 / b;
            case MINIMUM -> a <= b ? 1 : 0;
            case MAXIMUM -> a >= b ? 1 : 0;
            case POWER -> b == 0 ? 0 : b * Math.pow(a, b - 1);
            case LESS -> 0;
            default -> throw new IllegalArgumentException(op + " is no function of two numbers");
        };
    }

    /** Derivative by the second operand. */
    static double second(Op op, double a, double b) {
        return switch (op) {
            case ADD -> 1;
            case SUBTRACT -> -1;
            case MULTIPLY -> a;
            case DIVIDE -> -a / (b * b);
            case MINIMUM -> a <= b ? 0 : 1;
            case MAXIMUM -> a >= b ? 0 : 1;
            case POWER -> Math.pow(a, b) * Math.log(a);
            case LESS -> 0;
            default -> throw new IllegalArgumentException(op + " is no function of two numbers");
        };
    }

    private static double low(Expr clamp) {
        return clamp.attribute("low", Double.class);
    }

    private static double high(Expr clamp) {
        return clamp.attribute("high", Double.class);
    }

    private static double logistic(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /** 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5 … (2n+1)): all terms of one sign, so nothing cancels. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
