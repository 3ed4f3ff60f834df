package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.plugins.activations.IsruSigmoid;
import dev.rondo.plugins.activations.SoftExponential;
import dev.rondo.plugins.activations.TernaryTanh;
import dev.rondo.plugins.cells.Lstm;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;

/** Other activations in the place of a cell's sigmoid and tanh. */
class ReplacedGatesTest {
    private static final int H = 2;
    private static final double[][] X = {{0.5, -1.25, 0.75}, {1.5, 0.25, -0.5}, {-0.75, 1, 0.375}};

    private static double isru(double x) {
        return 0.5 + 0.5 * x / Math.sqrt(1 + x * x);
    }

    private static double ternary(double x) {
        return 1.5 * Math.tanh(x) - 0.5 * Math.tanh(3 * x);
    }

    private static double sum(SmallCase cell, String gate, double[] x, double[] h, int j) {
        return cell.dot(x, gate + ".W", j) + cell.dot(h, gate + ".U", j) + cell.at(gate + ".b", j);
    }

    @Test
    void allGatesOfAnLstmFollow() {
        Gates gates = new Gates(Configured.of(new IsruSigmoid()), Configured.of(new TernaryTanh()));
        SmallCase lstm = SmallCase.of(layer(new Lstm(), H), 3, gates);
        double[][] outputs = lstm.run(X);
        double[] h = new double[H];
        double[] c = new double[H];
        for (int t = 0; t < X.length; t++) {
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                c[j] = isru(sum(lstm, "f", X[t], h, j)) * c[j]
                        + isru(sum(lstm, "i", X[t], h, j)) * ternary(sum(lstm, "g", X[t], h, j));
                next[j] = isru(sum(lstm, "o", X[t], h, j)) * ternary(c[j]);
            }
            assertThat(outputs[t]).as("step %d", t).containsExactly(next, within(1e-9));
            h = next;
        }
    }

    @Test
    void eachGateHasParametersOfItsOwn() {
        Gates gates = new Gates(Configured.of(new SoftExponential()), null);
        SmallCase lstm = SmallCase.of(layer(new Lstm(), H), 3, gates);
        assertThat(lstm.parameters()).contains("sigmoid1/alpha", "sigmoid2/alpha", "sigmoid3/alpha");
    }
}
