package dev.rondo.cuda;

/**
 * What layers of one program work with.
 *
 * @param walks how recurrences are walked
 * @param training whether gradients will be asked for
 */
record Tools(
        KernelLibrary kernels,
        Rows rows,
        Products products,
        Arena arena,
        Scratch scratch,
        WalkChoice walks,
        int multiprocessors,
        boolean training) {}
