package dev.rondo.core.kernels;

/**
 * One elementwise instruction over contiguous floats.
 *
 * <p>In the formulas {@code a b c d} are the array operands in order and {@code s t} the two scalars. Not-a-number passes
 * through every instruction that computes a value from it; a comparison with it is false (0). Where an instruction
 * multiplies and adds, an implementation may or may not round in between. Accuracies are stated by the implementations:
 * {@link PlainKernels} and the SIMD one.
 */
public enum StripOp {
    /** {@code a}. */
    COPY(1, 0),
    /** {@code s}. */
    FILL(0, 1),
    /** {@code -a}. */
    NEG(1, 0),
    /** {@code e^a}; infinite above the float range. */
    EXP(1, 0),
    /** {@code e^a - 1}, exact near 0. */
    EXPM1(1, 0),
    /** {@code ln a}; not-a-number below 0. */
    LOG(1, 0),
    /** {@code ln(1 + a)}, exact near 0. */
    LOG1P(1, 0),
    /** {@code √a}. */
    SQRT(1, 0),
    /** {@code 1 / √a}. */
    RSQRT(1, 0),
    /** {@code |a|}. */
    ABS(1, 0),
    /** {@code -1}, {@code 0} or {@code 1}, the sign of a. */
    SIGN(1, 0),
    /** {@code a · a}. */
    SQUARE(1, 0),
    /** {@code sin a}. */
    SIN(1, 0),
    /** {@code cos a}. */
    COS(1, 0),
    /** The largest integer not above a. */
    FLOOR(1, 0),
    /** {@code 1 / (1 + e^-a)}. */
    SIGMOID(1, 0),
    /** {@code tanh a}, never beyond ±1. */
    TANH(1, 0),
    /** {@code max(a, 0)}. */
    RELU(1, 0),
    /** {@code ln(1 + e^a)}, without overflow. */
    SOFTPLUS(1, 0),
    /** The error function {@code 2/√π ∫₀ᵃ e^-u² du}, never beyond ±1. */
    ERF(1, 0),
    /** {@code 1 - a}. */
    ONE_MINUS(1, 0),

    /** {@code a + b}. */
    ADD(2, 0),
    /** {@code a - b}. */
    SUB(2, 0),
    /** {@code a · b}. */
    MUL(2, 0),
    /** {@code a / b}. */
    DIV(2, 0),
    /** The smaller of a and b; which of two equal ones is open. */
    MIN(2, 0),
    /** The larger of a and b; which of two equal ones is open. */
    MAX(2, 0),
    /** {@code a < b ? 1 : 0}. */
    LESS(2, 0),
    /** {@code a^b}, as {@link Math#pow}. */
    POW(2, 0),

    /** {@code a + s}. */
    ADD_S(1, 1),
    /** {@code s - a}. */
    RSUB_S(1, 1),
    /** {@code a · s}. */
    MUL_S(1, 1),
    /** {@code a / s}. */
    DIV_S(1, 1),
    /** {@code s / a}. */
    RDIV_S(1, 1),
    /** The smaller of a and s. */
    MIN_S(1, 1),
    /** The larger of a and s. */
    MAX_S(1, 1),
    /** {@code a < s ? 1 : 0}. */
    LESS_S(1, 1),
    /** {@code s < a ? 1 : 0}. */
    GREATER_S(1, 1),
    /** {@code a^s}, as {@link Math#pow}. */
    POW_S(1, 1),
    /** {@code s^a}, as {@link Math#pow}. */
    SPOW(1, 1),
    /** a held between s and t, {@code s <= t}. */
    CLAMP(1, 2),

    /** {@code a ≠ 0 ? b : c}. */
    SELECT(3, 0),
    /** {@code a + c · (b - a)}. */
    LERP(3, 0),
    /** {@code a · b + c}. */
    FMA(3, 0),
    /** {@code c - a · b}. */
    FNMA(3, 0),
    /** {@code a · b · c}. */
    MUL_MUL(3, 0),
    /** {@code (a - b) · c}. */
    SUB_MUL(3, 0),
    /** {@code (1 - a) · b}. */
    ONE_MINUS_MUL(2, 0),
    /** {@code (1 - a) · b + c}. */
    ONE_MINUS_MUL_ADD(3, 0),
    /** {@code a · b · (1 - b)}: the gradient a through a sigmoid whose output is b. */
    SIGMOID_GRAD(2, 0),
    /** {@code a · (1 - b · b)}: the gradient a through a tanh whose output is b. */
    TANH_GRAD(2, 0),
    /** {@code a · b · c · (1 - c)}: the gradient a · b through a sigmoid whose output is c. */
    MUL_SIGMOID_GRAD(3, 0),
    /** {@code a · b · (1 - c · c)}: the gradient a · b through a tanh whose output is c. */
    MUL_TANH_GRAD(3, 0),
    /** {@code a · b · (1 - c · c) + d}. */
    MUL_TANH_GRAD_ADD(4, 0),
    /** {@code b > 0 ? a : 0}: the gradient a through a relu whose input or output is b. */
    RELU_GRAD(2, 0),
    /** {@code a · sign(b)}: the gradient a through an absolute value whose input is b. */
    ABS_GRAD(2, 0),
    /** {@code a · b + c · d}. */
    MUL_ADD(4, 0),
    /** {@code (a - b) · c + d}. */
    SUB_MUL_ADD(4, 0),
    /** {@code a + b + c}. */
    ADD3(3, 0),
    /** {@code a · s + b}. */
    MUL_S_ADD(2, 1),
    /** {@code a · s + b · t}. */
    MIX(2, 2);

    private final int arity;
    private final int scalars;

    StripOp(int arity, int scalars) {
        this.arity = arity;
        this.scalars = scalars;
    }

    /** The number of array operands, 0 to 4. */
    public int arity() {
        return arity;
    }

    /** The number of scalars, 0 to 2. */
    public int scalars() {
        return scalars;
    }
}
