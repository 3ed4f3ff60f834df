package dev.rondo.api.expr;

/** An operand that an option left out; made by {@link Term#optional}. */
public enum Absent implements Term {
    INSTANCE
}
