package dev.rondo.api.spi;

/** What a parameter is to its layer; optimisers treat some differently. */
public enum Role {
    /** Weight of an operand that needs no state. */
    INPUT,
    /** Weight of an operand that depends on a state. */
    RECURRENT,
    BIAS,
    /** Any other vector or scalar. */
    VECTOR,
    /** Table whose rows are looked up. */
    EMBEDDING,
    /** Weight of the last layer. */
    OUTPUT
}
