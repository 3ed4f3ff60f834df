package dev.rondo.api.expr;

import java.util.Objects;

/**
 * A named axis of a value; two operands share an axis if and only if its name is the same.
 *
 * @param name lower-case English word that error messages and printed equations show
 */
public record Axis(String name) {
    /** Steps of a sequence; its size is known only when a program runs. */
    public static final Axis TIME = new Axis("time");
    /** Independent sequences; its size is known only when a program runs. */
    public static final Axis BATCH = new Axis("batch");
    /** Units of a layer, columns of an input. */
    public static final Axis FEATURES = new Axis("features");
    /** The side of a matrix that meets the operand. */
    public static final Axis ROWS = new Axis("rows");
    /** The side of a matrix that gives the result. */
    public static final Axis COLUMNS = new Axis("columns");

    public Axis {
        Objects.requireNonNull(name);
        if (name.isBlank()) {
            throw new IllegalArgumentException("an axis needs a name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
