package dev.rondo.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.spec.Configured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the limits on gradients leave for the optimiser. */
final class ClippedTrainingTest {
    private static final TrainingPlan PLAN =
            TrainingPlan.standard().withChunks(30, 0).withEpochs(2).withClipping(0, 0);

    private final RecordingUpdater updater = new RecordingUpdater();

    @Test
    void eachTensorIsLimitedByItself() {
        List<float[][]> free = gradients(PLAN);
        List<float[][]> clipped = gradients(PLAN.withTensorClipping(0.001));
        for (int i = 0; i < free.size(); i++) {
            for (int parameter = 0; parameter < 2; parameter++) {
                float before = free.get(i)[parameter][0];
                assertThat(Math.abs(before)).isGreaterThan(0.001f);
                assertThat(clipped.get(i)[parameter][0]).isCloseTo(0.001f * Math.signum(before), within(1e-9f));
            }
        }
    }

    @Test
    void unitsAreLimitedByTheWeightsAtWhichTheGradientWasTaken() {
        List<float[][]> free = gradients(PLAN);
        List<float[][]> clipped = gradients(PLAN.withAdaptiveClipping(0.01));
        for (int i = 0; i < free.size(); i++) {
            float h = free.get(i)[0][0];
            float w = free.get(i)[1][0];
            // The weights are 0 and 0.5 there, and 0.1 where the parameters are kept.
            assertThat(clipped.get(i)[0][0]).isCloseTo(0.01f * 0.001f * Math.signum(h), within(1e-10f));
            assertThat(clipped.get(i)[1][0]).isCloseTo(0.01f * 0.5f * Math.signum(w), within(1e-8f));
        }
    }

    @Test
    void theNormOfAllIsLimitedLast() {
        for (float[][] each : gradients(
                PLAN.withAdaptiveClipping(0.01).withTensorClipping(0.003).withClipping(0.002, 0))) {
            // The unit's limit leaves 0.005, the tensor's 0.003; the other tensor has 0.00001.
            assertThat(Math.hypot(each[0][0], each[1][0])).isCloseTo(0.002, within(1e-8));
            assertThat(Math.abs(each[0][0] / each[1][0])).isCloseTo(1e-5f / 0.003f, within(1e-6f));
        }
    }

    @Test
    void aLimitIsNotNegative() {
        assertThatThrownBy(() -> PLAN.withAdaptiveClipping(-0.5))
                .isInstanceOf(UsageException.class)
                .hasMessage("clip-adaptive = -0.5, but at least 0 is needed");
        assertThatThrownBy(() -> PLAN.withTensorClipping(Double.NaN))
                .isInstanceOf(UsageException.class)
                .hasMessage("clip-tensor-norm = NaN, but at least 0 is needed");
    }

    private List<float[][]> gradients(TrainingPlan plan) {
        updater.gradients.clear();
        Trainer trainer = new Trainer(
                LeakyEngine.model(true), new LeakyEngine(), Configured.of(new Squared()), updater, data(), plan);
        trainer.run(new float[][] {{0.1f}, {0.1f}});
        assertThat(updater.gradients).hasSizeGreaterThan(3);
        return List.copyOf(updater.gradients);
    }

    private static Dataset data() {
        float[][] series = new float[2][81];
        for (int t = 0; t < 81; t++) {
            series[0][t] = (float) Math.sin(0.2 * t);
            series[1][t] = (float) Math.sin(0.3 * t);
        }
        return Dataset.of(Series.of("x", series), DataSetup.standard().withScaling(Scaling.NONE));
    }

    private record Squared() implements Loss {
        @Override
        public Descriptor describe() {
            return Descriptor.of("squared");
        }

        @Override
        public Expr of(OptionScope s, Expr output, Expr target) {
            return Fn.mean(Fn.square(output.minus(target)), Axis.FEATURES);
        }
    }

    /** Keeps what it is given, looks for gradients elsewhere, and changes nothing. */
    private static final class RecordingUpdater implements Updater {
        private final List<float[][]> gradients = new ArrayList<>();

        @Override
        public float[][] point(float[][] parameters, double loss, double rate) {
            return new float[][] {{0}, {0.5f}};
        }

        @Override
        public void update(float[][] parameters, float[][] clipped, double loss, double rate) {
            gradients.add(Progress.copy(clipped));
        }

        @Override
        public Map<String, Tensor> memory() {
            return Map.of();
        }

        @Override
        public void restore(Map<String, Tensor> memory) {}
    }
}
