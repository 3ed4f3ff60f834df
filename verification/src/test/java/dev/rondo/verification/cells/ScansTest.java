package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.cells.Formula.D;
import static dev.rondo.verification.cells.Formula.H;
import static dev.rondo.verification.cells.Formula.NARROW;
import static dev.rondo.verification.cells.Formula.X;
import static dev.rondo.verification.cells.Formula.check;
import static dev.rondo.verification.cells.Formula.sigmoid;
import static dev.rondo.verification.cells.Formula.softplus;
import static dev.rondo.verification.cells.Formula.units;
import static java.lang.Math.exp;
import static java.lang.Math.tanh;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.cells.CausalConv1d;
import dev.rondo.plugins.cells.IndRnn;
import dev.rondo.plugins.cells.Lru;
import dev.rondo.plugins.cells.MinGru;
import dev.rondo.plugins.cells.MinLstm;
import dev.rondo.plugins.cells.Qrnn;
import dev.rondo.plugins.cells.RgLru;
import dev.rondo.plugins.cells.ShufflingRnn;
import dev.rondo.plugins.cells.Sru;
import dev.rondo.plugins.cells.Sru2;
import dev.rondo.plugins.cells.SruF;
import dev.rondo.plugins.cells.Tlstm;
import dev.rondo.plugins.cells.Trnn;
import dev.rondo.plugins.cells.Wave;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells whose loop holds no matrix product, each against the formula of its paper in plain arithmetic. */
class ScansTest {
    private static SmallCase cell(Plugin plugin, String... options) {
        return SmallCase.of(layer(plugin, H, options), D);
    }

    private static double in(SmallCase c, String name, double[] x, int j) {
        return c.dot(x, name + ".W", j) + c.at(name + ".b", j);
    }

    /** pytorch_bits: c = f c + (1 − f) xW, h = tanh(c). */
    @Test
    void sruF() {
        SmallCase s = cell(new SruF());
        double[] c = new double[H];
        check(
                X,
                s.run(X),
                (t, x) -> units(j -> {
                    double f = sigmoid(in(s, "f", x, j));
                    c[j] = f * c[j] + (1 - f) * s.dot(x, "u.W", j);
                    return tanh(c[j]);
                }));
    }

    /** pytorch_bits: c = i xW + f c, h = tanh(c). */
    @Test
    void sru2() {
        SmallCase s = cell(new Sru2());
        double[] c = new double[H];
        check(
                X,
                s.run(X),
                (t, x) -> units(j -> {
                    c[j] = sigmoid(in(s, "i", x, j)) * s.dot(x, "u.W", j) + sigmoid(in(s, "f", x, j)) * c[j];
                    return tanh(c[j]);
                }));
    }

    /** arXiv 1709.02755 without highway, its input through a narrow projection. */
    @Test
    void sruWithoutHighwayThroughAProjection() {
        SmallCase s = cell(new Sru(), "highway=false", "n-proj=4", "activation=tanh");
        double[] c = new double[H];
        check(X, s.run(X), (t, x) -> {
            double[] p = units(4, j -> s.dot(x, "proj.W", j));
            return units(j -> {
                double f = sigmoid(s.dot(p, "f.W", j) + s.at("f.u", j) * c[j] + s.at("f.b", j));
                c[j] = f * c[j] + (1 - f) * s.dot(p, "u.W", j);
                return tanh(c[j]);
            });
        });
    }

    /** One mask for all steps; the units that are left count for more. */
    @Test
    void sruDropsUnitsForAWholeSequence() {
        SmallCase s = cell(new Sru(), "dropout=0.5");
        double[] c = new double[H];
        double[][] outputs = s.train(X, (node, step, row, unit) -> unit == 0 ? 1 : 0);
        check(
                X,
                outputs,
                (t, x) -> units(j -> {
                    double f = sigmoid(s.dot(x, "f.W", j) + s.at("f.u", j) * c[j] + s.at("f.b", j));
                    double r = sigmoid(s.dot(x, "r.W", j) + s.at("r.u", j) * c[j] + s.at("r.b", j));
                    c[j] = f * c[j] + (1 - f) * s.dot(x, "u.W", j);
                    return r * (j == 0 ? 2 * c[j] : 0) + (1 - r) * s.dot(x, "skip.W", j);
                }));
    }

    /** arXiv 1611.01576, section 2.1, f-pooling; the input beside the output. */
    @Test
    void denseQrnn() {
        SmallCase q = cell(new Qrnn(), "pooling=f", "dense=true");
        double[] c = new double[H];
        check(X, q.run(X), (t, x) -> {
            double[] y = units(j -> {
                double f = sigmoid(in(q, "f", x, j));
                return c[j] = f * c[j] + (1 - f) * tanh(in(q, "z", x, j));
            });
            return new double[] {y[0], y[1], x[0], x[1], x[2]};
        });
    }

    /** arXiv 1602.02218, equations of the T-RNN. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trnn(boolean biased) {
        SmallCase s = cell(new Trnn(), "z-bias=" + biased);
        double[] h = new double[H];
        check(
                X,
                s.run(X),
                (t, x) -> units(j -> {
                    double f = sigmoid(in(s, "f", x, j));
                    return h[j] = f * h[j] + (1 - f) * (s.dot(x, "z.W", j) + (biased ? s.at("z.b", j) : 0));
                }));
    }

    /** arXiv 1602.02218, equations of the T-LSTM: every gate sees this input and the last. */
    @Test
    void tlstm() {
        SmallCase s = cell(new Tlstm());
        double[] c = new double[H];
        check(X, s.run(X), (t, x) -> {
            double[] last = t == 0 ? new double[D] : X[t - 1];
            return units(j -> {
                double f = sigmoid(in(s, "f", x, j) + s.dot(last, "f.W2", j));
                double z = in(s, "z", x, j) + s.dot(last, "z.W2", j);
                double o = tanh(in(s, "o", x, j) + s.dot(last, "o.W2", j));
                c[j] = f * c[j] + (1 - f) * z;
                return c[j] * o;
            });
        });
    }

    /** arXiv 2410.01201, minGRU, equations of section 3.1, and its candidate in the appendix. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void minGru(boolean positive) {
        SmallCase s = cell(new MinGru(), "form=" + (positive ? "positive" : "plain"));
        double[] h = new double[H];
        check(
                X,
                s.run(X),
                (t, x) -> units(j -> {
                    double z = sigmoid(in(s, "z", x, j));
                    return h[j] = (1 - z) * h[j] + z * candidate(positive, in(s, "n", x, j));
                }));
    }

    private static double candidate(boolean positive, double v) {
        return !positive ? v : v >= 0 ? v + 0.5 : sigmoid(v);
    }

    /** arXiv 2410.01201, minLSTM, section 3.2: gates divided by their sum. */
    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false"})
    void minLstm(boolean normalized, boolean positive) {
        SmallCase s = cell(new MinLstm(), "normalize=" + normalized, "form=" + (positive ? "positive" : "plain"));
        double[] h = new double[H];
        check(
                X,
                s.run(X),
                (t, x) -> units(j -> {
                    double f = sigmoid(in(s, "f", x, j));
                    double i = sigmoid(in(s, "i", x, j));
                    double sum = normalized ? f + i : 1;
                    return h[j] = f / sum * h[j] + i / sum * candidate(positive, in(s, "n", x, j));
                }));
    }

    /** arXiv 1803.04831, equation 2. */
    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh"})
    void indRnn(String nonlinearity) {
        SmallCase s = cell(new IndRnn(), "nonlinearity=" + nonlinearity);
        double[] h = new double[H];
        check(
                X,
                s.run(X),
                (t, x) -> units(j -> {
                    double sum = in(s, "h", x, j) + s.at("u", j) * h[j];
                    return h[j] = nonlinearity.equals("tanh") ? tanh(sum) : Math.max(0, sum);
                }));
    }

    /** arXiv 2007.07324, equations 1 to 4, three units, so that a rotation differs from its inverse. */
    @Test
    void shufflingRnn() {
        SmallCase s = SmallCase.of(layer(new ShufflingRnn(), 3, "hyper-size=4"), D);
        double[][] h = {new double[3]};
        check(X, s.run(X), (t, x) -> {
            double[] old = h[0];
            double[] wide = units(4, j -> Math.max(0, in(s, "1", x, j)));
            return h[0] = units(3, j -> {
                double b = (s.dot(wide, "2.W", j) + s.at("2.b", j)) * sigmoid(in(s, "g", x, j));
                return Math.max(0, old[(j + 2) % 3] + b);
            });
        });
    }

    /** arXiv 2402.19427, equations 1 to 4, with c = 8 and without the root at the start. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void rgLru(int heads) {
        SmallCase s = SmallCase.of(layer(new RgLru(), H, "heads=" + heads), H);
        double[] h = new double[H];
        check(
                NARROW,
                s.run(NARROW),
                (t, x) -> units(j -> {
                    double r = sigmoid(headed(s, "a", x, j, heads));
                    double i = sigmoid(headed(s, "i", x, j, heads));
                    double a = exp(-8 * r * softplus(s.at("lambda", j)));
                    return h[j] = a * h[j] + (t == 0 ? 1 : Math.sqrt(1 - a * a)) * i * x[j];
                }));
    }

    private static double headed(SmallCase s, String name, double[] x, int j, int heads) {
        return heads == 1
                ? in(s, name, x, j)
                : s.dot(new double[] {x[j]}, name + ".W.head" + j, 0) + s.at(name + ".b", j);
    }

    @Test
    void rgLruNeedsItsOwnWidth() {
        assertThatThrownBy(() -> SmallCase.of(layer(new RgLru(), H), D))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("RG-LRU")
                .hasMessageContaining("needs input width = size; input is 3");
    }

    /** arXiv 2303.06349, section 3.4 with γ trained by itself, complex arithmetic by its parts. */
    @Test
    void lru() {
        SmallCase s = cell(new Lru());
        double[] re = new double[H];
        double[] im = new double[H];
        check(X, s.run(X), (t, x) -> {
            for (int j = 0; j < H; j++) {
                double size = exp(-exp(s.at("ring", j)));
                double angle = exp(s.at("theta", j));
                double norm = exp(s.at("ring", H + j));
                double a = size * Math.cos(angle);
                double b = size * Math.sin(angle);
                double old = re[j];
                re[j] = a * old - b * im[j] + norm * s.dot(x, "b.re.W", j);
                im[j] = a * im[j] + b * old + norm * s.dot(x, "b.im.W", j);
            }
            return units(D, j -> s.dot(re, "c.re.U", j) - s.dot(im, "c.im.U", j) + s.at("d", j) * x[j]);
        });
    }

    /** pytorch_bits: three convolutions over two inputs each, dilated by 1, 2, 4 and by 1, 1, 1. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waves(boolean dilated) {
        SmallCase w = dilated ? cell(new Wave(), "activation=tanh") : cell(new Wave(), "activation=tanh", "growth=1");
        double[][][] levels = new double[4][X.length][];
        levels[0] = X;
        check(X, w.run(X), (t, x) -> {
            for (int level = 1; level <= 3; level++) {
                int back = t - (dilated ? 1 << (level - 1) : 1);
                String conv = "conv" + level;
                double[] now = seen(levels[level - 1][t], level);
                double[] before = seen(back < 0 ? new double[now.length] : levels[level - 1][back], level);
                levels[level][t] =
                        units(j -> w.dot(now, conv + ".W", j) + w.dot(before, conv + ".W2", j) + w.at(conv + ".b", j));
            }
            return levels[3][t];
        });
    }

    private static double[] seen(double[] values, int level) {
        return level == 1 ? values : units(j -> tanh(values[j]));
    }

    /** A convolution in two groups: outputs 0 and 1 see inputs 0 and 1, the others the rest. */
    @Test
    void groupedConvolutionWithoutBias() {
        double[][] xs = new double[X.length][];
        for (int t = 0; t < xs.length; t++) {
            xs[t] = new double[] {X[t][0], X[t][1], X[t][2], X[t][0] - 1};
        }
        SmallCase c = SmallCase.of(layer(new CausalConv1d(), 4, "groups=2", "bias=false", "dilation=2"), 4);
        check(
                xs,
                c.run(xs),
                (t, x) -> units(4, j -> {
                    int group = j / 2;
                    double[] now = {x[2 * group], x[2 * group + 1]};
                    double[] before =
                            t < 2 ? new double[2] : new double[] {xs[t - 2][2 * group], xs[t - 2][2 * group + 1]};
                    return c.dot(now, "conv.W.head" + group, j % 2) + c.dot(before, "conv.W2.head" + group, j % 2);
                }));
    }

    @Test
    void groupsHaveToDivideBothWidths() {
        assertThatThrownBy(() -> SmallCase.of(layer(new CausalConv1d(), 4, "groups=2"), D))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("groups=2 must divide the input width 3 and the size 4");
    }
}
