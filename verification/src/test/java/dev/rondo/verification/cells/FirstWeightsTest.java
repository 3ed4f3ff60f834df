package dev.rondo.verification.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.RandomStream;
import dev.rondo.core.Rondo;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where the parameters of cells start, where a paper or the authors' code says it. */
class FirstWeightsTest {
    private static final int D = 20;

    private static float[] first(String spec, String name) {
        Rondo rondo = Rondo.create();
        TracedModel model = new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers(spec), D);
        Parameter parameter = model.parameters().stream()
                .filter(each -> each.name().endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        float[] values = new float[parameter.length()];
        parameter.init().fill(values, parameter.shape(), stream());
        return values;
    }

    private static RandomStream stream() {
        Random random = new Random(1);
        return new RandomStream() {
            @Override
            public double uniform() {
                return random.nextDouble();
            }

            @Override
            public double normal() {
                return random.nextGaussian();
            }
        };
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void lstmRemembersFromTheBeginning() {
        assertThat(first("LSTM_3", "f.b")).containsOnly(1);
        assertThat(first("LSTM_3_forget-bias=-2", "f.b")).containsOnly(-2);
        assertThat(first("LSTM_3", "i.b")).containsOnly(0);
    }

    /** PyTorch: everything uniform in ±1/√H. */
    @Test
    void torch() {
        assertThat(largest(first("RNN_100_init=torch", "h.W"))).isBetween(0.095, 0.1);
        assertThat(largest(first("RNN_100_init=torch", "h.U"))).isBetween(0.095, 0.1);
        assertThat(largest(first("RNN_100_init=torch", "h.b"))).isBetween(0.09, 0.1);
    }

    /** arXiv 1504.00941: U the unit matrix, W normal with deviation 0.001, b zero. */
    @Test
    void irnn() {
        assertThat(first("RNN_2_init=irnn", "h.U")).containsExactly(1, 0, 0, 1);
        assertThat(first("RNN_2_init=irnn_identity-scale=0.5", "h.U")).containsExactly(0.5f, 0, 0, 0.5f);
        assertThat(deviation(first("RNN_200_init=irnn", "h.W"))).isCloseTo(0.001, within(5e-5));
        assertThat(first("RNN_2_init=irnn", "h.b")).containsOnly(0);
    }

    /** The authors' code: variance 1/D for the projection, half of it for the gates, ½ for the weights of the state. */
    @Test
    void sru() {
        assertThat(deviation(first("SRU_200", "u.W"))).isCloseTo(Math.sqrt(1.0 / D), within(5e-3));
        assertThat(deviation(first("SRU_200", "f.W"))).isCloseTo(Math.sqrt(0.5 / D), within(5e-3));
        assertThat(largest(first("SRU_200", "r.u"))).isBetween(1.2, Math.sqrt(1.5));
        assertThat(first("SRU_200_highway-bias=-2", "r.b")).containsOnly(-2);
    }

    /** TensorFlow's layer: periods log-uniform, half of them below the geometric mean of the bounds. */
    @Test
    void phasedLstm() {
        float[] periods = first("PhasedLSTM_2000_period-min=1_period-max=10000", "period");
        int below = 0;
        for (float period : periods) {
            assertThat(period).isBetween(1f, 10000f);
            below += period < 100 ? 1 : 0;
        }
        assertThat(below).isBetween(900, 1100);
    }
}
