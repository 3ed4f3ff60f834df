package dev.rondo.api.expr;

/**
 * The primitives; everything else in the language is built from them.
 *
 * <p>Engines, printers and the oracle are switches over this list; plugins never name it.
 */
public enum Op {
    // Leaves. The attribute "name" is what printed equations show.
    /** A fixed number: attribute {@code value}. */
    CONSTANT,
    /** An option used as a number: attributes {@code name}, {@code value}. */
    OPTION,
    /** A value that a caller supplies, such as the input of a layer or the gradient in an optimiser: {@code name}. */
    INPUT,
    /** A trained array: {@code name} is its full name in the model file. */
    PARAMETER,
    /** The old value of a state: {@code name} is its path. */
    STATE,
    /** 1 in training, 0 in evaluation. */
    TRAINING,
    /** Steps since the stream was reset, [batch]. */
    INDEX,
    /** Time stamp relative to the first of the stream, [batch]; exact only when {@link #PHASE} reads it. */
    STAMP,
    /** 1 in a step without a state before it, [batch]. */
    FIRST_STEP,
    /** 1 where a step lies within the row's length, [time, batch]. */
    VALID,
    /** A random draw: {@code draw}, {@code per}, {@code ordinal}, {@code path}; an identity, so never shared. */
    RANDOM,
    /** 0, 1, 2 … along an axis: {@code axis}. */
    POSITION,
    /** The unit matrix. */
    IDENTITY,

    // One operand, element by element.
    NEGATE,
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    SQRT,
    RSQRT,
    ABS,
    SIGN,
    SQUARE,
    SIN,
    COS,
    FLOOR,
    SIGMOID,
    TANH,
    RELU,
    SOFTPLUS,
    ERF,
    ONE_MINUS,
    /** {@code low}, {@code high}; derivative 1 strictly inside. */
    CLAMP,
    /** The value; a constant to differentiation. */
    STOP_GRADIENT,
    /** The value; its gradient is held within ±{@code bound}. */
    CLIP_GRADIENT,

    // Two operands, element by element, meeting by axis name.
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MINIMUM,
    MAXIMUM,
    POWER,
    /** 1 where left is less than right, else 0. */
    LESS,

    // Three operands, element by element.
    /** (condition, yes, no); passes an exact zero to the branch not taken. */
    SELECT,
    /** (from, to, gate): from + gate · (to − from). */
    LERP,
    /** (time, shift, period): ((t − s)/p) − ⌊(t − s)/p⌋ with t in double. */
    PHASE,

    // Reductions: {@code axes}, a list.
    SUM,
    /** Largest value; at a tie the first index has the derivative. */
    MAX_OVER,
    /** The mean over the valid steps of all rows; in a step over those of all steps. */
    BATCH_MEAN,

    // Structure.
    /** The operand repeated along the axes it lacks; inserted by engines, never written. */
    BROADCAST,
    /** Along features. */
    CONCAT,
    /** Along features: {@code from}, {@code to}. */
    SLICE,
    /** Value of {@code steps} steps ago, zero before the start of the stream. */
    LAG,
    /** Within each row's length, along time. */
    REVERSE,
    /** At each row's last valid step. */
    LAST,
    /** Row of a table by index. */
    GATHER,
    /** Contracts the left's columns (or features) with the right's rows. */
    MATMUL,
    TRANSPOSE,
    /** (a, d): sum over all common axes of a[features → rows] · d[features → columns]; the gradient of a weight. */
    OUTER,
    /** Adds rows of gradients into a table by index; the gradient of {@link #GATHER}. */
    SCATTER,

    // Recurrence.
    /** Runs a body step by step: {@code body}; its value is the body's output as a sequence. */
    SCAN,
    /** A further result of a {@link #SCAN}, its only operand: {@code index}. */
    RESULT
}
