package dev.rondo.core.kernels;

import dev.rondo.api.expr.Op;

/** Which strip instruction computes what an operation of the language says. */
public final class Elementwise {
    private Elementwise() {}

    /**
     * The instructions of an operation with two operands.
     *
     * @param arrays where both operands are arrays
     * @param right where the right one is a number; of a difference the negated one
     * @param left where the left one is a number
     */
    public record Binary(StripOp arrays, StripOp right, StripOp left) {}

    /**
     * The instruction of a function of one array.
     *
     * @throws IllegalArgumentException if {@code op} is none
     */
    public static StripOp unary(Op op) {
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

    /**
     * The instructions of a function of two operands.
     *
     * @throws IllegalArgumentException if {@code op} is none
     */
    public static Binary binary(Op op) {
        return switch (op) {
            case ADD -> new Binary(StripOp.ADD, StripOp.ADD_S, StripOp.ADD_S);
            case SUBTRACT -> new Binary(StripOp.SUB, StripOp.ADD_S, StripOp.RSUB_S);
            case MULTIPLY -> new Binary(StripOp.MUL, StripOp.MUL_S, StripOp.MUL_S);
            case DIVIDE -> new Binary(StripOp.DIV, StripOp.DIV_S, StripOp.RDIV_S);
            case MINIMUM -> new Binary(StripOp.MIN, StripOp.MIN_S, StripOp.MIN_S);
            case MAXIMUM -> new Binary(StripOp.MAX, StripOp.MAX_S, StripOp.MAX_S);
            case POWER -> new Binary(StripOp.POW, StripOp.POW_S, StripOp.SPOW);
            case LESS -> new Binary(StripOp.LESS, StripOp.LESS_S, StripOp.GREATER_S);
            default -> throw new IllegalArgumentException(op + " is no function of two arrays");
        };
    }
}
