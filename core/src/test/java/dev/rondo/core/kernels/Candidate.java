package dev.rondo.core.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;

/** The kernels a test runs on; the SIMD ones are skipped, visibly, where the JVM lacks the vector module. */
enum Candidate {
    PLAIN,
    SIMD;

    static Stream<Candidate> all() {
        return Stream.of(values());
    }

    Kernels kernels() {
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (this == SIMD) {
            assumeTrue(module, "needs java " + KernelChoice.FLAG);
            return KernelChoice.find("simd", true).kernels();
        }
        return KernelChoice.find("plain", module).kernels();
    }
}
