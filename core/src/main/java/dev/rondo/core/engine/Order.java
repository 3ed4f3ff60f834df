package dev.rondo.core.engine;

/** In which order the steps of an instruction may run. */
enum Order {
    /** Each step by itself. */
    ANY,
    /** Reads earlier steps. */
    FORWARD,
    /** Reads later steps. */
    BACKWARD,
    /** Reads any step: nothing else runs meanwhile. */
    WHOLE,
    /** Has no steps. */
    ONCE
}
