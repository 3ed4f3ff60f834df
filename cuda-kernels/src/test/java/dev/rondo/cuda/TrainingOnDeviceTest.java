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
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final List<String> notices = new CopyOnWriteArrayList<>();

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

    private Rondo rondo(boolean onDevice) {
        return rondo(onDevice ? accelerated("cuda") : cpu());
    }

    private static Rondo rondo(Engine running) {
        Module engine = binder -> binder.bind(Engine.class).toInstance(running);
        return Rondo.create(TrainingOnDeviceTest.class.getClassLoader(), engine);
    }

    private static CpuEngine cpu() {
        return new CpuEngine(KernelChoice.find().kernels(), 1);
    }

    private Engine accelerated(String choice) {
        return new AcceleratedEngine(
                cpu(), Configured.of(new CudaAccelerator()), DeviceChoice.parse(choice), notices::add);
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
        return trainer(rondo, start, data, plan());
    }

    private static Trainer trainer(Rondo rondo, Model start, Dataset data, TrainingPlan plan) {
        return rondo.trainer(start.traced(), rondo.specs().loss("MSE"), rondo.optimizer("Adam_lr=0.01"), data, plan);
    }

    private static Model model(Rondo rondo) {
        return Model.of(rondo, ModelSpec.of(CAUSAL, 1, 1), 3);
    }

    @Test
    void givesTheLossesOfTheCpu() {
        double[][] losses = losses(CAUSAL, List.of());
        assertThat(losses[0]).hasSize(4);
        assertThat(losses[1]).containsExactly(losses[0], within(1e-4));
        assertThat(losses[1][3]).isLessThan(losses[1][0]);
        assertThat(notices).containsExactly("cuda computes 1.SRU, 2.Dropout, 3.QRNN, 4.Linear");
    }

    /** Strong penalties, so that a gradient without them would end elsewhere. */
    @Test
    void penaltiesOnWeightsAreAddedToItsGradient() {
        List<String> penalties = List.of("L2_weight=0.5", "L1_weight=0.05", "SpectralNorm_weight=0.1");
        double[][] losses = losses(CAUSAL, penalties);
        assertThat(losses[1]).containsExactly(losses[0], within(1e-4));
        assertThat(notices).containsExactly("cuda computes 1.SRU, 2.Dropout, 3.QRNN, 4.Linear");
        assertThat(losses[0][3]).isGreaterThan(losses(CAUSAL, List.of())[0][3] * 1.2);
    }

    /** LiGRU and the penalty keep arrays of their own, which follow the parameters, on both sides of the device's layers. */
    @Test
    void whatLayersAndPenaltiesKeepIsKeptBesideADevice() {
        float[][][] ends = new float[2][][];
        for (int i = 0; i < 2; i++) {
            try (Rondo rondo = rondo(i == 1)) {
                Model start = Model.of(rondo, ModelSpec.of("LiGRU_4 SRU_6 Dropout_p=0.2 LiGRU_3 Linear_1", 1, 1), 3);
                ends[i] = trainer(
                                rondo,
                                start,
                                data(rondo),
                                plan().withRegularizers(List.of("SpectralNorm_weight=0.5", "L1_weight=0.05")))
                        .run(start.parameters())
                        .parameters();
            }
        }
        assertThat(ends[1]).hasSameDimensionsAs(ends[0]);
        for (int i = 0; i < ends[0].length; i++) {
            assertThat(ends[1][i]).containsExactly(ends[0][i], within(1e-5f));
        }
        assertThat(notices)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("cuda computes 2.SRU, 3.Dropout; on the CPU stay ");
    }

    @Test
    void penaltiesOnWhatLayersGiveLeaveTrainingToTheCpu() {
        double[][] losses = losses(CAUSAL, List.of("AR_weight=0.1"));
        assertThat(losses[1]).containsExactly(losses[0]);
        assertThat(notices)
                .containsExactly(
                        "cuda is not used in training: a penalty reads what layers give, not weights alone",
                        "cuda evaluates 1.SRU, 2.Dropout, 3.QRNN, 4.Linear");
    }

    @Test
    void aMethodThatGoesForwardTrainsOnTheCpu() {
        try (Rondo rondo = rondo(true)) {
            Model start = Model.of(rondo, ModelSpec.of("SRU_3 Linear_1", 1, 1), 3);
            trainer(rondo, start, data(rondo), plan().withEpochs(1).withMethod("UORO"))
                    .run(start.parameters());
        }
        assertThat(notices).containsExactly("cuda evaluates 1.SRU, 2.Linear");
    }

    @Test
    void aPassThatFailsGivesItsMemoryBack() {
        assumeFalse(Emulation.real(), "a real device is not broken on purpose");
        long before = Emulation.used();
        try (Rondo rondo = rondo(true)) {
            Model model = model(rondo);
            Emulation.loseAfter(3);
            assertThatThrownBy(() -> model.predict(new float[8], 4, 2)).isInstanceOf(DeviceException.class);
            assertThat(Emulation.used()).isEqualTo(before);
        }
    }

    @Test
    void aClosedEngineComputesNothing() {
        long before = Emulation.real() ? 0 : Emulation.used();
        Engine engine = accelerated("cuda");
        try (Rondo rondo = rondo(engine)) {
            Model model = model(rondo);
            model.predict(new float[8], 4, 2);
            engine.close();
            assertThatThrownBy(() -> model.predict(new float[8], 4, 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the engine is closed");
        }
        assertThat(Emulation.real() ? 0 : Emulation.used()).isEqualTo(before);
    }

    @Test
    void saysWhichLayersStayOnTheCpu() {
        losses("LayerNorm(GRU_3) SRU_3 QRNN_3 RNN_2 SRU_2 Linear_1", List.of());
        assertThat(notices)
                .containsExactly(
                        "cuda computes 2.SRU, 3.QRNN; on the CPU stay 1.LayerNorm: no kernels for this wrapper; 4.RNN: no kernels;"
                                + " 5.SRU: not next to them; 6.Linear: not next to them");
    }

    @Test
    void saysWhyItIsNotUsed() {
        losses("Linear_4 Dropout_p=0.1 Linear_1", List.of());
        losses("Linear_4 GRU_3 Linear_1", List.of());
        assertThat(notices)
                .containsExactly(
                        "cuda is not used: the model has no recurrent layer", "cuda is not used: 2.GRU: no kernels");
    }

    @Test
    void smallPiecesAreLeftToTheCpuUnlessTheDeviceIsNamed() {
        try (Rondo rondo = rondo(accelerated("auto"))) {
            Model start = model(rondo);
            trainer(rondo, start, data(rondo)).run(start.parameters());
            assertThat(rondo.engine().description())
                    .startsWith("host emulation, single precision")
                    .contains(" where it is quicker; ");
        }
        assertThat(notices)
                .containsExactly(
                        "cuda leaves training on pieces as small as 20 steps and 3 rows to the CPU, which is quicker with them",
                        "cuda leaves evaluation on pieces as small as 12 steps and 3 rows to the CPU, which is quicker with them");
    }

    @Test
    void firstWeightsDoNotDependOnTheDevice() {
        float[][][] weights = new float[2][][];
        for (int i = 0; i < 2; i++) {
            try (Rondo rondo = rondo(i == 1)) {
                weights[i] = model(rondo).withUnitVariance(data(rondo)).parameters();
            }
        }
        assertThat(weights[1]).isDeepEqualTo(weights[0]);
        assertThat(notices).isEmpty();
    }

    /** Training losses of each epoch on the CPU, then with the device. */
    private double[][] losses(String layers, List<String> penalties) {
        double[][] losses = new double[2][];
        for (int i = 0; i < 2; i++) {
            try (Rondo rondo = rondo(i == 1)) {
                Model start = Model.of(rondo, ModelSpec.of(layers, 1, 1), 3);
                List<EpochFigures> history = trainer(rondo, start, data(rondo), plan().withRegularizers(penalties))
                        .run(start.parameters())
                        .history();
                losses[i] =
                        history.stream().mapToDouble(EpochFigures::trainLoss).toArray();
            }
        }
        return losses;
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

    /** Programs of other sizes, which nobody uses at the moment, give their memory back before a lack of it is told. */
    @Test
    void idleProgramsMakeRoom() {
        assumeFalse(Emulation.real(), "a real device is not made small");
        long before = Emulation.used();
        try (Rondo rondo = rondo(true)) {
            Model model = Model.of(rondo, ModelSpec.of("SRU_64 Linear_1", 1, 1), 5);
            model.predict(new float[400], 100, 4);
            long one = Emulation.used() - before;
            Emulation.capacity(before + one + one / 2);
            model.predict(new float[396], 99, 4);
            assertThat(Emulation.used() - before).isLessThanOrEqualTo(one);
            Emulation.capacity(before + one / 2);
            assertThatThrownBy(() -> model.predict(new float[400], 100, 4))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(" MB on the device");
        } finally {
            Emulation.capacity(Emulation.ENOUGH);
        }
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
