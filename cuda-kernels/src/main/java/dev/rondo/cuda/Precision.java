package dev.rondo.cuda;

/** How factors of products are rounded; sums are in single precision always. */
enum Precision {
    /** Single precision, 23 bits of mantissa. */
    FP32("single precision", 68),
    /** 10 bits. */
    TF32("products in tf32", 77),
    /** Two parts of 10 bits for each factor: nearly single precision, on tensor cores. */
    TF32X3("products in 3 x tf32", 0),
    /** 7 bits. */
    BF16("products in bf16", 75);

    private final String words;
    private final int cublas;

    Precision(String words, int cublas) {
        this.words = words;
        this.cublas = cublas;
    }

    /** The number of cuBLAS's {@code cublasComputeType_t}, 0 where it has none. */
    int cublas() {
        return cublas;
    }

    /** For descriptions. */
    @Override
    public String toString() {
        return words;
    }
}
