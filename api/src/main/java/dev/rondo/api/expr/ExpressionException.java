package dev.rondo.api.expr;

/**
 * Operands that do not fit each other, found while equations are traced.
 *
 * <p>The tracer adds plugin, path and source line; this exception knows the operation and what was wrong.
 */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An axis whose size is not the one that the operation needs. */
    public ExpressionException(String operation, String operand, Axis axis, int expected, int got) {
        this(operation, operand + ": " + axis + " " + got + ", expected " + expected);
    }

    /** Anything else that is wrong with an operand. */
    public ExpressionException(String operation, String wrong) {
        super(operation + ": " + wrong);
    }
}
