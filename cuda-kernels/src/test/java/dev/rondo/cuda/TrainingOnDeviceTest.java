package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.inject.Module;
import dev.rondo.api.device.DeviceException;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.engine.AcceleratedEngine;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.Trainer;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.TrainingResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings with layers on the device, held against the CPU's; the optimiser is the host's in both. */
@Tag("gpu")
final class TrainingOnDeviceTest {
    private static final String LAYERS = "SRU_8 Dropout_p=0.2 Bidirectional(SRU_4)";
    private static final String CAUSAL = "SRU_8 Dropout_p=0.2 QRNN_6_window=2 Linear_1";

    @BeforeEach
    void device0() {
        Emulation.require();
    }

    @AfterEach
    void whole() {
        if (!Emulation.real()) {
            Emulation.loseAfter(-1);
        }
    }

    private static Rondo rondo(boolean onDevice) {
        Module engine = binder -> binder.bind(Engine.class).toInstance(onDevice ? accelerated() : cpu());
        return Rondo.create(TrainingOnDeviceTest.class.getClassLoader(), engine);
    }

    private static CpuEngine cpu() {
        return new CpuEngine(KernelChoice.find().kernels(), 1);
    }

    private static Engine accelerated() {
        return new AcceleratedEngine(cpu(), Configured.of(new CudaAccelerator()), DeviceChoice.parse("cuda"));
    }

    private static Dataset data(Rondo rondo) {
        return Dataset.open(
                rondo.source("sine_2"), DataSetup.standard().withSeries(3).withLength(120));
    }

    private static TrainingPlan plan() {
        return TrainingPlan.standard()
                .withEpochs(4)
                .withChunks(20, 5)
                .withSeed(3)
                .withCheckpointEvery(Duration.ZERO);
    }

    private static Trainer trainer(Rondo rondo, Model start, Dataset data) {
        return rondo.trainer(start.traced(), rondo.specs().loss("MSE"), rondo.optimizer("Adam_lr=0.01"), data, plan());
    }

    private static Model model(Rondo rondo) {
        return Model.of(rondo, ModelSpec.of(CAUSAL, 1, 1), 3);
    }

    @Test
    void givesTheLossesOfTheCpu() {
        double[][] losses = new double[2][];
        for (int i = 0; i < 2; i++) {
            try (Rondo rondo = rondo(i == 1)) {
                Model start = model(rondo);
                List<EpochFigures> history = trainer(rondo, start, data(rondo))
                        .run(start.parameters())
                        .history();
                losses[i] =
                        history.stream().mapToDouble(EpochFigures::trainLoss).toArray();
            }
        }
        assertThat(losses[0]).hasSize(4);
        assertThat(losses[1]).containsExactly(losses[0], within(1e-4));
        assertThat(losses[1][3]).isLessThan(losses[1][0]);
    }

    @Test
    void theCpuComputesWhereKernelsDoNotLoad() {
        assumeFalse(Emulation.real(), "a real device is not broken on purpose");
        float[] input = {0.1f, 0.2f, 0.3f, 0.4f};
        float[][] outputs = new float[2][];
        long before = Emulation.used();
        try {
            for (int i = 0; i < 2; i++) {
                Emulation.refuseKernels(i == 1);
                try (Rondo rondo = rondo(i == 1)) {
                    outputs[i] = Model.of(rondo, ModelSpec.of(LAYERS, 1, 1), 5).predict(input, 2, 2);
                }
            }
        } finally {
            Emulation.refuseKernels(false);
        }
        assertThat(outputs[1]).containsExactly(outputs[0]);
        assertThat(Emulation.used()).isEqualTo(before);
    }

    @Test
    void predictsWithBothDirections() {
        float[] input = new float[30];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) Math.sin(i);
        }
        float[][] outputs = new float[2][];
        for (int i = 0; i < 2; i++) {
            try (Rondo rondo = rondo(i == 1)) {
                outputs[i] = Model.of(rondo, ModelSpec.of(LAYERS, 1, 1), 5).predict(input, 15, 2);
            }
        }
        assertThat(outputs[1]).containsExactly(outputs[0], within(1e-5f));
    }

    @Test
    void aLostDeviceLeavesACheckpointThatTheCpuGoesOnFrom(@TempDir Path folder) {
        assumeFalse(Emulation.real(), "a real device is not broken on purpose");
        Path file = folder.resolve("checkpoint.safetensors");
        try (Rondo rondo = rondo(true)) {
            Model start = model(rondo);
            Dataset data = data(rondo);
            Trainer trainer = trainer(rondo, start, data).checkpoints(file, Map.of("data", data.digest()));
            Emulation.loseAfter(200);
            assertThatThrownBy(() -> trainer.run(start.parameters()))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageStartingWith("CUDA: ");
            Emulation.loseAfter(-1);
        }
        try (Rondo rondo = rondo(false)) {
            Model start = model(rondo);
            Dataset data = data(rondo);
            Trainer trainer = trainer(rondo, start, data).checkpoints(file, Map.of("data", data.digest()));
            TrainingResult result = trainer.resume(Checkpoint.read(file));
            TrainingResult whole = trainer(rondo, start, data).run(start.parameters());
            assertThat(result.epochs()).isEqualTo(4);
            assertThat(result.history().get(3).trainLoss())
                    .isCloseTo(whole.history().get(3).trainLoss(), within(1e-4));
        }
    }
}
