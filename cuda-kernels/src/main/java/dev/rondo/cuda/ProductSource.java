package dev.rondo.cuda;

/** Whose products of matrices are used. */
enum ProductSource {
    /** Those of cuBLAS where it is found and products are large, else our own. */
    AUTO,
    OWN,
    CUBLAS
}
