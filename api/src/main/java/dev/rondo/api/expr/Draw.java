package dev.rondo.api.expr;

/**
 * A distribution that equations draw from in training; in evaluation a draw is its mean.
 *
 * @param parameter probability of a one for {@link Kind#BERNOULLI}, else unused
 */
public record Draw(Kind kind, double parameter) {
    /** How often a new value is drawn. */
    public enum Per {
        /** In every step: dropout. */
        STEP,
        /** Once per sequence or chunk of it: variational dropout. */
        CHUNK
    }

    /** The distributions. */
    public enum Kind {
        BERNOULLI,
        NORMAL,
        HALF_NORMAL,
        SIGN
    }

    public Draw {
        if (kind == Kind.BERNOULLI && !(parameter >= 0 && parameter <= 1)) {
            throw new ExpressionException("bernoulli", "a probability lies between 0 and 1, got " + parameter);
        }
    }

    /** 1 with probability {@code keep}, else 0. */
    public static Draw bernoulli(double keep) {
        return new Draw(Kind.BERNOULLI, keep);
    }

    /** Standard normal. */
    public static Draw normal() {
        return new Draw(Kind.NORMAL, 0);
    }

    /** Absolute value of a standard normal; mean √(2/π). */
    public static Draw halfNormal() {
        return new Draw(Kind.HALF_NORMAL, 0);
    }

    /** −1 or +1, equally likely. */
    public static Draw sign() {
        return new Draw(Kind.SIGN, 0);
    }

    /** What takes the place of the draw in evaluation. */
    public double mean() {
        return switch (kind) {
            case BERNOULLI -> parameter;
            case NORMAL, SIGN -> 0;
            case HALF_NORMAL -> Math.sqrt(2 / Math.PI);
        };
    }
}
