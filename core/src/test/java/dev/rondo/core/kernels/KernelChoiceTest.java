package dev.rondo.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    @Test
    void withoutTheModuleThePlainKernelsRunAndTheFlagIsNamed() {
        KernelChoice choice = KernelChoice.find(null, false);
        assertThat(choice.kernels().description()).isEqualTo("plain Java");
        assertThat(choice.note()).contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void thePropertyTurnsSimdOff() {
        KernelChoice choice = KernelChoice.find(" Plain", true);
        assertThat(choice.kernels().lanes()).isEqualTo(1);
        assertThat(choice.note()).contains("-Drondo.kernels=plain");
    }

    @Test
    void simdWithoutTheModuleIsRefusedWithTheFlag() {
        assertThatThrownBy(() -> KernelChoice.find("simd", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("-Drondo.kernels=simd needs the vector module: start java with --add-modules"
                        + " jdk.incubator.vector");
    }

    @Test
    void anUnknownValueIsRefused() {
        assertThatThrownBy(() -> KernelChoice.find("avx", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-Drondo.kernels=avx: known are simd and plain");
    }

    @Test
    void simdHasFourLanesOrMore() {
        Kernels simd = Candidate.SIMD.kernels();
        assertThat(simd.lanes()).isIn(4, 8, 16);
        assertThat(simd.description()).isEqualTo("SIMD, " + simd.lanes() + " lanes");
    }
}
