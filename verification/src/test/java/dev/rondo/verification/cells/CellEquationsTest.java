package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.plugins.cells.Gru;
import dev.rondo.plugins.cells.Lstm;
import dev.rondo.plugins.cells.Mgu;
import dev.rondo.plugins.cells.Mgu2;
import dev.rondo.plugins.cells.PhasedLstm;
import dev.rondo.plugins.cells.Qrnn;
import dev.rondo.plugins.cells.Ran;
import dev.rondo.plugins.cells.Rnn;
import dev.rondo.plugins.cells.Sru;
import dev.rondo.plugins.cells.Tgru;
import dev.rondo.testkit.Draws;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every cell against its paper's formula, written out once more in plain arithmetic.
 *
 * <p>The formulas are those of the papers, unit by unit; nothing of the language of equations is used in them.
 */
class CellEquationsTest {
    private static final int H = 2;
    private static final int D = 3;
    private static final double[][] X = {
        {0.5, -1.25, 0.75}, {1.5, 0.25, -0.5}, {-0.75, 1, 0.375}, {0.125, -0.625, -1.5}, {2, 0.5, 1}
    };

    /** What a cell's formula makes of the input, unit by unit. */
    private interface Formula {
        /** The output of step {@code t}; keeps its states itself. */
        double[] step(int t, double[] x);
    }

    private static void check(double[][] outputs, Formula formula) {
        for (int t = 0; t < X.length; t++) {
            double[] expected = formula.step(t, X[t]);
            assertThat(outputs[t]).as("step %d", t).containsExactly(expected, within(1e-9));
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Elman 1990: h = φ(xW + hU + b). */
    @ParameterizedTest
    @ValueSource(strings = {"tanh", "relu", "identity"})
    void rnn(String nonlinearity) {
        SmallCase rnn = SmallCase.of(layer(new Rnn(), H, "nonlinearity=" + nonlinearity), D);
        double[][] h = {new double[H]};
        check(rnn.run(X), (t, x) -> {
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double sum = rnn.dot(x, "h.W", j) + rnn.dot(h[0], "h.U", j) + rnn.at("h.b", j);
                next[j] = switch (nonlinearity) {
                    case "tanh" -> Math.tanh(sum);
                    case "relu" -> Math.max(sum, 0);
                    default -> sum;
                };
            }
            return h[0] = next;
        });
    }

    /** Gers et al. 2000 and, for peepholes, 2002 (the output gate sees the new c); Greff et al. 2015 for coupled gates. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void lstm(boolean peephole, boolean coupled) {
        SmallCase lstm = SmallCase.of(layer(new Lstm(), H, "peephole=" + peephole, "coupled=" + coupled), D);
        double[][] h = {new double[H]};
        double[] c = new double[H];
        check(lstm.run(X), (t, x) -> {
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double f = lstm.dot(x, "f.W", j) + lstm.dot(h[0], "f.U", j) + lstm.at("f.b", j);
                f = sigmoid(f + (peephole ? lstm.at("f.u", j) * c[j] : 0));
                double i = 1 - f;
                if (!coupled) {
                    i = lstm.dot(x, "i.W", j) + lstm.dot(h[0], "i.U", j) + lstm.at("i.b", j);
                    i = sigmoid(i + (peephole ? lstm.at("i.u", j) * c[j] : 0));
                }
                double g = Math.tanh(lstm.dot(x, "g.W", j) + lstm.dot(h[0], "g.U", j) + lstm.at("g.b", j));
                c[j] = f * c[j] + i * g;
                double o = lstm.dot(x, "o.W", j) + lstm.dot(h[0], "o.U", j) + lstm.at("o.b", j);
                o = sigmoid(o + (peephole ? lstm.at("o.u", j) * c[j] : 0));
                next[j] = o * Math.tanh(c[j]);
            }
            return h[0] = next;
        });
    }

    /** arXiv 1406.1078, equations 5 to 8 of version 3 (before) and of version 1 (after), z keeping the old state. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void gru(String reset) {
        SmallCase gru = SmallCase.of(layer(new Gru(), H, "reset=" + reset), D);
        double[][] h = {new double[H]};
        check(gru.run(X), (t, x) -> {
            double[] r = new double[H];
            double[] masked = new double[H];
            for (int j = 0; j < H; j++) {
                r[j] = sigmoid(gru.dot(x, "r.W", j) + gru.dot(h[0], "r.U", j) + gru.at("r.b", j));
                masked[j] = r[j] * h[0][j];
            }
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double z = sigmoid(gru.dot(x, "z.W", j) + gru.dot(h[0], "z.U", j) + gru.at("z.b", j));
                double n = gru.dot(x, "n.W", j) + gru.at("n.b", j);
                n += reset.equals("before")
                        ? gru.dot(masked, "n.U", j)
                        : r[j] * (gru.dot(h[0], "nh.U", j) + gru.at("nh.b", j));
                next[j] = (1 - z) * Math.tanh(n) + z * h[0][j];
            }
            return h[0] = next;
        });
    }

    /** arXiv 1603.09420, equations 9 to 11 (before); with the product first (after). */
    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void mgu(String reset) {
        SmallCase mgu = SmallCase.of(layer(new Mgu(), H, "reset=" + reset), D);
        double[][] h = {new double[H]};
        check(mgu.run(X), (t, x) -> {
            double[] f = new double[H];
            double[] masked = new double[H];
            for (int j = 0; j < H; j++) {
                f[j] = sigmoid(mgu.dot(x, "f.W", j) + mgu.dot(h[0], "f.U", j) + mgu.at("f.b", j));
                masked[j] = f[j] * h[0][j];
            }
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double n = mgu.dot(x, "n.W", j) + mgu.at("n.b", j);
                n += reset.equals("before")
                        ? mgu.dot(masked, "n.U", j)
                        : f[j] * (mgu.dot(h[0], "nh.U", j) + mgu.at("nh.b", j));
                next[j] = (1 - f[j]) * h[0][j] + f[j] * Math.tanh(n);
            }
            return h[0] = next;
        });
    }

    /** arXiv 1701.03452, variant 2: f = σ(hU). */
    @Test
    void mgu2() {
        SmallCase mgu = SmallCase.of(layer(new Mgu2(), H), D);
        assertThat(mgu.parameters()).containsExactlyInAnyOrder("f.U", "n.W", "n.U", "n.b");
        double[][] h = {new double[H]};
        check(mgu.run(X), (t, x) -> {
            double[] f = new double[H];
            double[] masked = new double[H];
            for (int j = 0; j < H; j++) {
                f[j] = sigmoid(mgu.dot(h[0], "f.U", j));
                masked[j] = f[j] * h[0][j];
            }
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double n = Math.tanh(mgu.dot(x, "n.W", j) + mgu.dot(masked, "n.U", j) + mgu.at("n.b", j));
                next[j] = (1 - f[j]) * h[0][j] + f[j] * n;
            }
            return h[0] = next;
        });
    }

    /** arXiv 1705.07393, equation 1: gates from h, content without a bias. */
    @ParameterizedTest
    @CsvSource({"tanh, false", "identity, false", "tanh, true"})
    void ran(String output, boolean bias) {
        SmallCase ran = SmallCase.of(layer(new Ran(), H, "output=" + output, "content-bias=" + bias), D);
        double[][] h = {new double[H]};
        double[] c = new double[H];
        check(ran.run(X), (t, x) -> {
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double n = ran.dot(x, "n.W", j) + (bias ? ran.at("n.b", j) : 0);
                double i = sigmoid(ran.dot(x, "i.W", j) + ran.dot(h[0], "i.U", j) + ran.at("i.b", j));
                double f = sigmoid(ran.dot(x, "f.W", j) + ran.dot(h[0], "f.U", j) + ran.at("f.b", j));
                c[j] = i * n + f * c[j];
                next[j] = output.equals("tanh") ? Math.tanh(c[j]) : c[j];
            }
            return h[0] = next;
        });
    }

    /** arXiv 1709.02755, equations 1 to 4 and section 3.2 (scaling); v1 has gates of the input alone. */
    @ParameterizedTest
    @CsvSource({
        "2, false, identity, false",
        "2, true, tanh, false",
        "3, false, tanh, false",
        "3, false, identity, true",
        "3, true, tanh, false"
    })
    void sru(int size, boolean v1, String activation, boolean rescale) {
        SmallCase sru = SmallCase.of(
                layer(
                        new Sru(),
                        size,
                        "v1=" + v1,
                        "activation=" + activation,
                        "rescale=" + rescale,
                        "highway-bias=-0.5"),
                D);
        double alpha = rescale ? Math.sqrt(1 + 2 * Math.exp(-0.5)) : 1;
        double[] c = new double[size];
        check(sru.run(X), (t, x) -> {
            double[] h = new double[size];
            for (int j = 0; j < size; j++) {
                double f = sigmoid(sru.dot(x, "f.W", j) + (v1 ? 0 : sru.at("f.u", j) * c[j]) + sru.at("f.b", j));
                double r = sigmoid(sru.dot(x, "r.W", j) + (v1 ? 0 : sru.at("r.u", j) * c[j]) + sru.at("r.b", j));
                c[j] = f * c[j] + (1 - f) * sru.dot(x, "u.W", j);
                double skip = size == D ? alpha * x[j] : sru.dot(x, "skip.W", j);
                h[j] = r * (activation.equals("tanh") ? Math.tanh(c[j]) : c[j]) + (1 - r) * skip;
            }
            return h;
        });
    }

    /** arXiv 1611.01576, equations 2 to 5: the convolution's terms one by one, zeros before the start. */
    @ParameterizedTest
    @CsvSource({"f, 1", "fo, 1", "fo, 3", "ifo, 2"})
    void qrnn(String pooling, int window) {
        SmallCase qrnn = SmallCase.of(layer(new Qrnn(), H, "pooling=" + pooling, "window=" + window), D);
        double[] c = new double[H];
        check(qrnn.run(X), (t, x) -> {
            double[] h = new double[H];
            for (int j = 0; j < H; j++) {
                double z = Math.tanh(convolution(qrnn, "z", t, window, j));
                double f = sigmoid(convolution(qrnn, "f", t, window, j));
                double i = pooling.equals("ifo") ? sigmoid(convolution(qrnn, "i", t, window, j)) : 1 - f;
                c[j] = f * c[j] + i * z;
                h[j] = pooling.equals("f") ? c[j] : sigmoid(convolution(qrnn, "o", t, window, j)) * c[j];
            }
            return h;
        });
    }

    private static double convolution(SmallCase layer, String gate, int t, int window, int j) {
        double sum = layer.at(gate + ".b", j);
        for (int k = 0; k < window && k <= t; k++) {
            sum += layer.dot(X[t - k], gate + ".W" + (k == 0 ? "" : k + 1), j);
        }
        return sum;
    }

    /** arXiv 1611.01576, section 2.1: zoned-out channels have f = 1; in evaluation the mean of that, unscaled. */
    @Test
    void qrnnZoneout() {
        SmallCase qrnn = SmallCase.of(layer(new Qrnn(), H, "zoneout=0.25"), D);
        Draws everySecond = (node, step, row, unit) -> (step + unit) % 2;
        for (boolean training : new boolean[] {true, false}) {
            double[] c = new double[H];
            check(training ? qrnn.train(X, everySecond) : qrnn.run(X), (t, x) -> {
                double[] h = new double[H];
                for (int j = 0; j < H; j++) {
                    double f = sigmoid(convolution(qrnn, "f", t, 1, j));
                    f = 1 - (training ? (t + j) % 2 : 0.75) * (1 - f);
                    c[j] = f * c[j] + (1 - f) * Math.tanh(convolution(qrnn, "z", t, 1, j));
                    h[j] = sigmoid(convolution(qrnn, "o", t, 1, j)) * c[j];
                }
                return h;
            });
        }
    }

    /** arXiv 1602.02218, as the sheet of cells gives it: h = f ⊙ h + z ⊙ o, gates from x and the x before. */
    @Test
    void tgru() {
        SmallCase tgru = SmallCase.of(layer(new Tgru(), H), D);
        double[] h = new double[H];
        check(tgru.run(X), (t, x) -> {
            for (int j = 0; j < H; j++) {
                double z = convolution(tgru, "z", t, 2, j);
                double f = sigmoid(convolution(tgru, "f", t, 2, j));
                h[j] = f * h[j] + z * Math.tanh(convolution(tgru, "o", t, 2, j));
            }
            return h;
        });
    }

    /** The phases of a unit in which {@link #phasedLstm} checks that it was. */
    private enum Gate {
        RISING,
        FALLING,
        CLOSED
    }

    /** arXiv 1610.09513, equations 6 to 10, at uneven times; the leak counts in training only. */
    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, false", "false, true, true"})
    void phasedLstm(boolean training, boolean trainedRatio, boolean peephole) {
        double[] times = {3, 3.5, 5.25, 6, 9.75};
        SmallCase cell = SmallCase.of(
                layer(
                        new PhasedLstm(),
                        H,
                        "ratio-on=0.5",
                        "leak=0.125",
                        "train-ratio=" + trainedRatio,
                        "peephole=" + peephole),
                D);
        cell.with("period", 4, -1.75).with("shift", 0.5, -0.25);
        double[] ratio = {0.5, 0.5};
        if (trainedRatio) {
            ratio = new double[] {0.75, 0.625};
            cell.with("ratio", -0.75, 0.625);
        }
        double[] open = ratio;
        java.util.Set<Gate> seen = java.util.EnumSet.noneOf(Gate.class);
        double[][] h = {new double[H]};
        double[] c = new double[H];
        double[][] outputs = training ? cell.train(X, times, Draws.MEANS) : cell.run(X, times);
        check(outputs, (t, x) -> {
            double[] next = new double[H];
            for (int j = 0; j < H; j++) {
                double peep = peephole ? c[j] : 0;
                double f = cell.dot(x, "f.W", j) + cell.dot(h[0], "f.U", j) + cell.at("f.b", j);
                f = sigmoid(f + (peephole ? cell.at("f.u", j) * peep : 0));
                double i = cell.dot(x, "i.W", j) + cell.dot(h[0], "i.U", j) + cell.at("i.b", j);
                i = sigmoid(i + (peephole ? cell.at("i.u", j) * peep : 0));
                double g = Math.tanh(cell.dot(x, "g.W", j) + cell.dot(h[0], "g.U", j) + cell.at("g.b", j));
                double proposed = f * c[j] + i * g;
                double o = cell.dot(x, "o.W", j) + cell.dot(h[0], "o.U", j) + cell.at("o.b", j);
                o = sigmoid(o + (peephole ? cell.at("o.u", j) * proposed : 0));
                double period = Math.abs(cell.at("period", j));
                double turns = (times[t] - times[0] - cell.at("shift", j)) / period;
                double phi = turns - Math.floor(turns);
                double k;
                if (phi < open[j] / 2) {
                    k = 2 * phi / open[j];
                    seen.add(Gate.RISING);
                } else if (phi < open[j]) {
                    k = 2 - 2 * phi / open[j];
                    seen.add(Gate.FALLING);
                } else {
                    k = training ? 0.125 * phi : 0;
                    seen.add(Gate.CLOSED);
                }
                c[j] = k * proposed + (1 - k) * c[j];
                next[j] = k * o * Math.tanh(proposed) + (1 - k) * h[0][j];
            }
            return h[0] = next;
        });
        assertThat(seen).containsExactlyInAnyOrder(Gate.values());
    }
}
