package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.SmallCase.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.cells.Bidirectional;
import dev.rondo.plugins.cells.CausalConv1d;
import dev.rondo.plugins.cells.Dropout;
import dev.rondo.plugins.cells.Embedding;
import dev.rondo.plugins.cells.Linear;
import dev.rondo.plugins.cells.Lstm;
import dev.rondo.plugins.cells.Residual;
import dev.rondo.plugins.cells.Rnn;
import dev.rondo.plugins.cells.Zoneout;
import dev.rondo.testkit.Draws;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers and wrappers against their formulas, written out once more in plain arithmetic. */
class LayerEquationsTest {
    private static final int H = 2;
    private static final double[][] X = {{0.5, -1.25}, {1.5, 0.25}, {-0.75, 1}, {0.125, -0.625}};

    private static void check(double[][] outputs, double[][] expected) {
        for (int t = 0; t < expected.length; t++) {
            assertThat(outputs[t]).as("step %d", t).containsExactly(expected[t], within(1e-9));
        }
    }

    /** h = tanh(xW + hU + b) from a zero state, the sequence given in the order in which it is read. */
    private static double[][] rnn(SmallCase layer, String path, double[][] x) {
        double[][] outputs = new double[x.length][H];
        double[] h = new double[H];
        for (int t = 0; t < x.length; t++) {
            for (int j = 0; j < H; j++) {
                outputs[t][j] = Math.tanh(
                        layer.dot(x[t], path + "h.W", j) + layer.dot(h, path + "h.U", j) + layer.at(path + "h.b", j));
            }
            h = outputs[t];
        }
        return outputs;
    }

    private static double[][] reversed(double[][] x) {
        double[][] turned = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            turned[t] = x[x.length - 1 - t];
        }
        return turned;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linear(boolean bias) {
        SmallCase linear = SmallCase.of(layer(new Linear(), 3, "bias=" + bias), 2);
        double[][] expected = new double[X.length][3];
        for (int t = 0; t < X.length; t++) {
            for (int j = 0; j < 3; j++) {
                expected[t][j] = linear.dot(X[t], "out.W", j) + (bias ? linear.at("out.b", j) : 0);
            }
        }
        check(linear.run(X), expected);
    }

    @Test
    void aConvolutionKeepsABoundedNumberOfInputs() {
        assertThatThrownBy(() -> SmallCase.of(layer(new CausalConv1d(), H, "kernel-size=256", "dilation=4096"), 2))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "CausalConv1d at 1.CausalConv1d: (kernel-size − 1)·dilation is 1044480, as many inputs as it"
                                + " would have to keep; at most 65536 are allowed");
    }

    /** y = b + Σ x₋ₖ·dilation W_k with zeros before the start. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "3, 1"})
    void causalConv1d(int size, int dilation) {
        SmallCase conv = SmallCase.of(layer(new CausalConv1d(), H, "kernel-size=" + size, "dilation=" + dilation), 2);
        double[][] expected = new double[X.length][H];
        for (int t = 0; t < X.length; t++) {
            for (int j = 0; j < H; j++) {
                expected[t][j] = conv.at("conv.b", j);
                for (int k = 0; k < size && k * dilation <= t; k++) {
                    expected[t][j] += conv.dot(X[t - k * dilation], "conv.W" + (k == 0 ? "" : k + 1), j);
                }
            }
        }
        check(conv.run(X), expected);
    }

    @Test
    void embedding() {
        SmallCase embedding = SmallCase.of(layer(new Embedding(), H, "vocabulary=3"), 1);
        embedding.with("table", 1, 2, 3, 4, 5, 6);
        check(embedding.run(new double[][] {{2}, {0}, {1}, {2}}), new double[][] {{5, 6}, {1, 2}, {3, 4}, {5, 6}});
    }

    @Test
    void embeddingNeedsOneColumn() {
        assertThatThrownBy(() -> SmallCase.of(layer(new Embedding(), H), 2))
                .isInstanceOf(UsageException.class)
                .hasMessage("Embedding at 1.Embedding: needs one input column, a number of the vocabulary; input is 2");
    }

    /** In training x/(1 − p) or 0; in evaluation x, to the bit. */
    @Test
    void dropout() {
        SmallCase dropout = SmallCase.of(layer(new Dropout(), 0, "p=0.3"), 2);
        Draws everySecond = (node, step, row, unit) -> (step + unit) % 2;
        double[][] expected = new double[X.length][2];
        for (int t = 0; t < X.length; t++) {
            for (int j = 0; j < 2; j++) {
                expected[t][j] = (t + j) % 2 * X[t][j] / 0.7;
            }
        }
        check(dropout.train(X, everySecond), expected);
        assertThat(dropout.run(X)).isDeepEqualTo(X);
    }

    @ParameterizedTest
    @ValueSource(strings = {"concat", "sum", "mul", "ave"})
    void bidirectional(String merge) {
        SmallCase both = SmallCase.of(wrapped(new Bidirectional(), layer(new Rnn(), H), "merge=" + merge), 2);
        double[][] forward = rnn(both, "forward/", X);
        double[][] backward = reversed(rnn(both, "backward/", reversed(X)));
        double[][] expected = new double[X.length][merge.equals("concat") ? 2 * H : H];
        for (int t = 0; t < X.length; t++) {
            for (int j = 0; j < H; j++) {
                double a = forward[t][j];
                double b = backward[t][j];
                switch (merge) {
                    case "concat" -> {
                        expected[t][j] = a;
                        expected[t][H + j] = b;
                    }
                    case "sum" -> expected[t][j] = a + b;
                    case "mul" -> expected[t][j] = a * b;
                    default -> expected[t][j] = (a + b) / 2;
                }
            }
        }
        check(both.run(X), expected);
    }

    @Test
    void residual() {
        SmallCase residual = SmallCase.of(wrapped(new Residual(), layer(new Rnn(), H)), 2);
        double[][] expected = rnn(residual, "0/", X);
        for (int t = 0; t < X.length; t++) {
            for (int j = 0; j < H; j++) {
                expected[t][j] += X[t][j];
            }
        }
        check(residual.run(X), expected);
    }

    @Test
    void residualNeedsEqualWidths() {
        assertThatThrownBy(() -> SmallCase.of(wrapped(new Residual(), layer(new Rnn(), 5)), 2))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Residual at 1.Residual: needs a layer as wide as its input; input is 2, the layer gives 5");
    }

    /**
     * arXiv 1606.01305, section 3: c' = m c + (1 − m) ĉ and h' = m h + (1 − m) o tanh(ĉ), each with masks of its own; here m is
     * what is kept, so the draw is 1 − m.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void zoneout(boolean training) {
        SmallCase zoneout = SmallCase.of(wrapped(new Zoneout(), layer(new Lstm(), H), "p=0.25"), 2);
        Draws draws = (node, step, row, unit) -> (step + unit + node.attribute("ordinal", Integer.class)) % 2;
        double[][] expected = new double[X.length][H];
        double[] h = new double[H];
        double[] c = new double[H];
        for (int t = 0; t < X.length; t++) {
            for (int j = 0; j < H; j++) {
                double f = gate(zoneout, "0/f", X[t], h, j);
                double i = gate(zoneout, "0/i", X[t], h, j);
                double o = gate(zoneout, "0/o", X[t], h, j);
                double g =
                        Math.tanh(zoneout.dot(X[t], "0/g.W", j) + zoneout.dot(h, "0/g.U", j) + zoneout.at("0/g.b", j));
                double proposed = f * c[j] + i * g;
                double forH = training ? (t + j + 1) % 2 : 0.75;
                double forC = training ? (t + j + 2) % 2 : 0.75;
                expected[t][j] = (1 - forH) * h[j] + forH * o * Math.tanh(proposed);
                c[j] = (1 - forC) * c[j] + forC * proposed;
            }
            h = expected[t];
        }
        check(training ? zoneout.train(X, draws) : zoneout.run(X), expected);
    }

    @Test
    void zoneoutNeedsAState() {
        assertThatThrownBy(() -> SmallCase.of(wrapped(new Zoneout(), layer(new Linear(), H)), 2))
                .isInstanceOf(UsageException.class)
                .hasMessage("Zoneout at 1.Zoneout: needs a cell with a state");
    }

    private static double gate(SmallCase layer, String name, double[] x, double[] h, int j) {
        return 1
                / (1
                        + Math.exp(-layer.dot(x, name + ".W", j)
                                - layer.dot(h, name + ".U", j)
                                - layer.at(name + ".b", j)));
    }
}
