package dev.rondo.core.arrays;

import dev.rondo.api.expr.Op;
import dev.rondo.core.kernels.StripOp;
import java.util.List;

/** Which strip instruction does what an operation of the language says. */
final class Strips {
    private Strips() {}

    static StripOp unary(Op op) {
        return switch (op) {
            case NEGATE -> StripOp.NEG;
            case EXP -> StripOp.EXP;
            case EXPM1 -> StripOp.EXPM1;
            case LOG -> StripOp.LOG;
            case LOG1P -> StripOp.LOG1P;
            case SQRT -> StripOp.SQRT;
            case RSQRT -> StripOp.RSQRT;
            case ABS -> StripOp.ABS;
            case SIGN -> StripOp.SIGN;
            case SQUARE -> StripOp.SQUARE;
            case SIN -> StripOp.SIN;
            case COS -> StripOp.COS;
            case FLOOR -> StripOp.FLOOR;
            case SIGMOID -> StripOp.SIGMOID;
            case TANH -> StripOp.TANH;
            case RELU -> StripOp.RELU;
            case SOFTPLUS -> StripOp.SOFTPLUS;
            case ERF -> StripOp.ERF;
            case ONE_MINUS -> StripOp.ONE_MINUS;
            default -> throw new IllegalArgumentException(op + " is no function of one array");
        };
    }

    /** The instruction for two operands of which at most one is a number. */
    static Micro binary(Op op, Value out, Value a, Value b) {
        if (b.scalar()) {
            StripOp strip = right(op);
            return new Micro(strip, out, List.of(a), b, op == Op.SUBTRACT, null);
        }
        if (a.scalar()) {
            return Micro.with(left(op), out, a, b);
        }
        return Micro.of(both(op), out, a, b);
    }

    private static StripOp both(Op op) {
        return switch (op) {
            case ADD -> StripOp.ADD;
            case SUBTRACT -> StripOp.SUB;
            case MULTIPLY -> StripOp.MUL;
            case DIVIDE -> StripOp.DIV;
            case MINIMUM -> StripOp.MIN;
            case MAXIMUM -> StripOp.MAX;
            case POWER -> StripOp.POW;
            case LESS -> StripOp.LESS;
            default -> throw new IllegalArgumentException(op + " is no function of two arrays");
        };
    }

    /** The number is the right operand; of a difference the negated one. */
    private static StripOp right(Op op) {
        return switch (op) {
            case ADD, SUBTRACT -> StripOp.ADD_S;
            case MULTIPLY -> StripOp.MUL_S;
            case DIVIDE -> StripOp.DIV_S;
            case MINIMUM -> StripOp.MIN_S;
            case MAXIMUM -> StripOp.MAX_S;
            case POWER -> StripOp.POW_S;
            case LESS -> StripOp.LESS_S;
            default -> throw new IllegalArgumentException(op + " is no function of two arrays");
        };
    }

    /** The number is the left operand. */
    private static StripOp left(Op op) {
        return switch (op) {
            case ADD -> StripOp.ADD_S;
            case SUBTRACT -> StripOp.RSUB_S;
            case MULTIPLY -> StripOp.MUL_S;
            case DIVIDE -> StripOp.RDIV_S;
            case MINIMUM -> StripOp.MIN_S;
            case MAXIMUM -> StripOp.MAX_S;
            case POWER -> StripOp.SPOW;
            case LESS -> StripOp.GREATER_S;
            default -> throw new IllegalArgumentException(op + " is no function of two arrays");
        };
    }
}
