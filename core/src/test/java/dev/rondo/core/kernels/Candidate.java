package dev.rondo.core.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;

/** The kernels a test runs on; the SIMD ones are skipped, visibly, where the JVM or the processor lacks what they need. */
enum Candidate {
    PLAIN,
    SIMD;

    static Stream<Candidate> all() {
        return Stream.of(values());
    }

    Kernels kernels() {
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (this == SIMD) {
            KernelChoice choice = KernelChoice.find("", module);
            assumeTrue(choice.kernels().lanes() > 1, choice.note());
            return choice.kernels();
        }
        return KernelChoice.find("plain", module).kernels();
    }
}
