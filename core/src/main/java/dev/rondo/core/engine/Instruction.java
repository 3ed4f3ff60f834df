package dev.rondo.core.engine;

/** A piece of a compiled program that treats any steps of any rows; rows are independent of each other. */
interface Instruction {
    /** Runs for {@code steps} steps from {@code firstStep} and {@code rows} rows from {@code firstRow}. */
    void run(int firstStep, int steps, int firstRow, int rows);
}
