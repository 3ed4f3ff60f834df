package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.device.Accelerator;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.AcceleratedEngine;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.spec.Configured;
import dev.rondo.testkit.OracleEngine;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far outputs and gradients of whole models are from the oracle's with each precision of products, relative in norm. */
@Tag("gpu")
final class PrecisionTest {
    private static final int STEPS = 12;
    private static final int BATCH = 4;
    private static final int INPUTS = 8;

    private static @Nullable Outcome exact;

    @BeforeEach
    void device0() {
        Emulation.require();
    }

    @ParameterizedTest
    @CsvSource({
        "cuda,                                     1e-5",
        "cuda_products=own,                        1e-5",
        "cuda_products=cublas,                     1e-5",
        "cuda_precision=tf32x3,                    1e-5",
        "cuda_precision=tf32_products=own,         1e-3",
        "cuda_precision=bf16_products=own,         1e-2",
    })
    void keepsItsBound(String device, double bound) {
        try (Rondo rondo = Rondo.create()) {
            String layers = "SRU_16 QRNN_8_window=2 Bidirectional(QRNN_8_window=2) Linear_4";
            Model model = Model.of(rondo, ModelSpec.of(layers, INPUTS, 4), 3);
            Outcome expected = exact(rondo, model);
            Configured<Accelerator> accelerator = rondo.specs().accelerator(device);
            CpuEngine cpu = new CpuEngine(KernelChoice.find().kernels(), 1);
            try (Engine engine = new AcceleratedEngine(cpu, accelerator, DeviceChoice.parse(device), notice -> {})) {
                Outcome got = run(engine, rondo, model);
                assertThat(distance(got.output, expected.output)).as("output").isLessThan(bound);
                assertThat(distance(got.gradient, expected.gradient))
                        .as("gradient")
                        .isLessThan(bound);
            }
        }
    }

    /** Computed once: the oracle takes its time. */
    private static Outcome exact(Rondo rondo, Model model) {
        Outcome known = exact;
        if (known == null) {
            known = run(new OracleEngine(key -> (node, step, row, unit) -> 0), rondo, model);
            exact = known;
        }
        return known;
    }

    private record Outcome(float[] output, float[] gradient) {}

    private static Outcome run(Engine engine, Rondo rondo, Model model) {
        float[] input = numbers(1, STEPS * BATCH * INPUTS);
        float[] target = numbers(2, STEPS * BATCH * 4);
        float[] weights = new float[STEPS * BATCH];
        Arrays.fill(weights, 1f / weights.length);
        float[][] gradients = model.parameters();
        Engine.Pass pass = engine.differentiator(model.traced(), rondo.specs().loss("MSE"))
                .run(
                        model.parameters(),
                        Sequences.of(STEPS, BATCH, INPUTS, input),
                        target,
                        weights,
                        ModelState.zero(model.traced().states(), BATCH),
                        new RandomKey(1, 0, 0),
                        gradients);
        int length = Arrays.stream(gradients).mapToInt(each -> each.length).sum();
        float[] all = new float[length];
        int at = 0;
        for (float[] each : gradients) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        return new Outcome(pass.output(), all);
    }

    private static float[] numbers(int seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static double distance(float[] got, float[] expected) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < got.length; i++) {
            distance += (got[i] - expected[i]) * (double) (got[i] - expected[i]);
            norm += expected[i] * (double) expected[i];
        }
        return Math.sqrt(distance / norm);
    }
}
