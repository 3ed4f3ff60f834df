package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Span;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.train.UnitVariance;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** First weights scaled by data; the variances are worked out here once more. */
class UnitVarianceTest {
    private final Rondo rondo = Rondo.create();
    private final Dataset data = Dataset.open(
            rondo.source("mackey_glass"), DataSetup.standard().withSeries(4).withLength(400));

    private UnitVariance scaled(Model model) {
        return UnitVariance.of(rondo.engine(), model.traced(), model.parameters(), data);
    }

    private Model model(String layers) {
        return Model.of(rondo, ModelSpec.of(layers, data), 1);
    }

    /** The outputs of a linear layer are x w + b with b = 0: of one unit the variance is w² that of x. */
    @Test
    void aLinearUnitIsScaledByItsDeviation() {
        Model model = model("Linear_1 Linear_1");
        float w = model.parameters()[0][0];
        Sequences x = data.inputs(new Span(0, 200));
        double sum = 0;
        double squares = 0;
        for (float each : x.values()) {
            sum += each;
            squares += (double) each * each;
        }
        int n = x.values().length;
        double deviation = Math.sqrt(squares / n - sum / n * sum / n);
        UnitVariance scaled = scaled(model);
        assertThat((double) scaled.parameters()[0][0]).isCloseTo(Math.signum(w) / deviation, within(1e-4));
        assertThat(scaled.parameters()[2]).as("the last layer").containsExactly(model.parameters()[2]);
        assertThat(scaled.layers()).hasSize(1).allMatch(UnitVariance.Layer::reached);
    }

    /** Units of 1709.04054 in a stack; what the first layers give with the scaled weights has a variance of 1. */
    @Test
    void everyLayerOfAStackIsScaled() {
        Model model =
                Model.of(rondo, ModelSpec.of("RNN_20 Linear_10 Linear_1", data).withGates("", "Bipolar(ReLU)"), 1);
        UnitVariance scaled = scaled(model);
        assertThat(scaled.layers()).extracting(UnitVariance.Layer::path).containsExactly("1.RNN", "2.Linear");
        assertThat(scaled.layers()).allMatch(UnitVariance.Layer::reached);
        assertThat(variance("RNN_20", 20, scaled.parameters())).isCloseTo(1, within(0.011));
        assertThat(variance("RNN_20 Linear_10", 10, scaled.parameters())).isCloseTo(1, within(0.011));
    }

    /** Of what the first layers give, with the first of {@code values}. */
    private double variance(String layers, int outputs, float[][] values) {
        ModelSpec spec = ModelSpec.of(layers, 1, outputs).withGates("", "Bipolar(ReLU)");
        Model part = Model.of(rondo, spec, 1);
        float[][] first = Arrays.copyOf(values, part.parameters().length);
        float[] all = part.withParameters(first)
                .predict(data.inputs(new Span(0, 200)))
                .output();
        double mean = 0;
        for (float each : all) {
            mean += each / (double) all.length;
        }
        double variance = 0;
        for (float each : all) {
            variance += (each - mean) * (each - mean) / all.length;
        }
        return variance;
    }

    /** The outputs of an LSTM lie within ±1, so their variance stays below 1 whatever the weights are. */
    @Test
    void whatCannotHaveUnitVarianceStaysAsItWas() {
        Model model = model("LSTM_8");
        UnitVariance scaled = scaled(model);
        assertThat(scaled.layers()).hasSize(1);
        assertThat(scaled.layers().get(0).reached()).isFalse();
        assertThat(scaled.layers().get(0).variance()).isBetween(1e-4, 0.9);
        assertThat(scaled.parameters()).isDeepEqualTo(model.parameters());
    }
}
