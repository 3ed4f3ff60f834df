package dev.rondo.core.arrays;

/** One piece of a program; reads and writes the values that it was made with. */
@FunctionalInterface
interface Instruction {
    void run();
}
