package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.cells.Formula.D;
import static dev.rondo.verification.cells.Formula.H;
import static dev.rondo.verification.cells.Formula.NARROW;
import static dev.rondo.verification.cells.Formula.X;
import static dev.rondo.verification.cells.Formula.check;
import static dev.rondo.verification.cells.Formula.sigmoid;
import static dev.rondo.verification.cells.Formula.softplus;
import static dev.rondo.verification.cells.Formula.times;
import static dev.rondo.verification.cells.Formula.units;
import static java.lang.Math.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.cells.Atr;
import dev.rondo.plugins.cells.Brc;
import dev.rondo.plugins.cells.Cfn;
import dev.rondo.plugins.cells.Dsgu;
import dev.rondo.plugins.cells.IntersectionRnn;
import dev.rondo.plugins.cells.Janet;
import dev.rondo.plugins.cells.LiGru;
import dev.rondo.plugins.cells.LightRu;
import dev.rondo.plugins.cells.Mgu1;
import dev.rondo.plugins.cells.Mgu2;
import dev.rondo.plugins.cells.Mgu3;
import dev.rondo.plugins.cells.MinimalRnn;
import dev.rondo.plugins.cells.Miru1;
import dev.rondo.plugins.cells.Miru2;
import dev.rondo.plugins.cells.Mut1;
import dev.rondo.plugins.cells.Mut2;
import dev.rondo.plugins.cells.Mut3;
import dev.rondo.plugins.cells.Nbrc;
import dev.rondo.plugins.cells.Rin;
import dev.rondo.plugins.cells.Sgrn;
import dev.rondo.plugins.cells.Sgu;
import dev.rondo.plugins.cells.Star;
import dev.rondo.plugins.cells.TauGru;
import dev.rondo.plugins.cells.Ugrnn;
import dev.rondo.testkit.Draws;
import dev.rondo.verification.SmallCase;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells with gates and one state, each against the formula of its paper in plain arithmetic. */
class GatedCellsTest {
    private static SmallCase cell(Plugin plugin, String... options) {
        return SmallCase.of(layer(plugin, H, options), D);
    }

    /** arXiv 1612.06212, equations 1 to 3: the candidate sees the input alone, and tanh stands around h. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cfn(boolean biased) {
        SmallCase c = cell(new Cfn(), "candidate-bias=" + biased);
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> sigmoid(c.sum("theta", x, old, j)) * tanh(old[j])
                    + sigmoid(c.sum("eta", x, old, j)) * tanh(c.dot(x, "n.W", j) + (biased ? c.at("n.b", j) : 0)));
        });
    }

    /** arXiv 1801.06105: h = relu(xW + h(U + I) + b), the unit matrix not trained. */
    @Test
    void rin() {
        SmallCase c = cell(new Rin(), "identity-scale=0.75");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> Math.max(0, c.sum("h", x, old, j) + 0.75 * old[j]));
        });
    }

    /** arXiv 1701.03452, the gates of MGU1, MGU2 and MGU3; the state as in 1603.09420. */
    @ParameterizedTest
    @CsvSource({"1, before", "1, after", "2, before", "2, after", "3, before", "3, after"})
    void mguVariants(int variant, String reset) {
        SmallCase c = cell(variant == 1 ? new Mgu1() : variant == 2 ? new Mgu2() : new Mgu3(), "reset=" + reset);
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            double[] f =
                    units(j -> sigmoid((variant < 3 ? c.dot(old, "f.U", j) : 0) + (variant != 2 ? c.at("f.b", j) : 0)));
            return h[0] = units(j -> {
                double back = reset.equals("before")
                        ? c.dot(times(f, old), "n.U", j)
                        : f[j] * (c.dot(old, "nh.U", j) + c.at("nh.b", j));
                return (1 - f[j]) * old[j] + f[j] * tanh(c.dot(x, "n.W", j) + c.at("n.b", j) + back);
            });
        });
    }

    /** arXiv 1611.09913, section on UGRNN. */
    @Test
    void ugrnn() {
        SmallCase c = cell(new Ugrnn());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double g = sigmoid(c.sum("g", x, old, j));
                return g * old[j] + (1 - g) * tanh(c.sum("n", x, old, j));
            });
        });
    }

    /** arXiv 1611.09913, section on +RNN: the depth gate mixes y with the input, the other the state. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void intersectionRnn(boolean projected) {
        double[][] xs = projected ? X : NARROW;
        SmallCase c = SmallCase.of(
                layer(new IntersectionRnn(), H, "in-proj=" + projected, "y-activation=tanh"), xs[0].length);
        double[][] h = {new double[H]};
        check(xs, c.run(xs), (t, x) -> {
            double[] old = h[0];
            double[] in = projected ? units(j -> c.dot(x, "in.W", j)) : x;
            h[0] = units(j -> {
                double k = sigmoid(c.sum("k", in, old, j));
                return k * old[j] + (1 - k) * tanh(c.sum("n", in, old, j));
            });
            return units(j -> {
                double g = sigmoid(c.sum("g", in, old, j));
                return g * in[j] + (1 - g) * tanh(c.sum("y", in, old, j));
            });
        });
    }

    @Test
    void intersectionRnnNeedsItsOwnWidth() {
        assertThatThrownBy(() -> cell(new IntersectionRnn(), "y-activation=tanh"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("IntersectionRNN")
                .hasMessageContaining("needs input width = size, or in-proj=true; input is 3");
    }

    /** Electronics 13(16) 3204: f overwrites, the candidate sees the input alone and has no bias. */
    @Test
    void lightRu() {
        SmallCase c = cell(new LightRu());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double f = sigmoid(c.sum("f", x, old, j));
                return (1 - f) * old[j] + f * tanh(c.dot(x, "n.W", j));
            });
        });
    }

    /** arXiv 1711.06788, equations 1 to 3: the gate sees z of the same step. */
    @Test
    void minimalRnn() {
        SmallCase c = cell(new MinimalRnn());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            double[] z = units(j -> tanh(c.dot(x, "z.W", j) + c.at("z.b", j)));
            return h[0] = units(j -> {
                double u = sigmoid(c.sum("u", z, old, j));
                return u * old[j] + (1 - u) * z[j];
            });
        });
    }

    /** arXiv 1803.10225, equations 11 and 12, in evaluation: N by the running averages. */
    @Test
    void liGru() {
        SmallCase c = liGru("norm=true");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = liGru(c, old, (gate, j) -> {
                double variance = c.at(gate + ".variance", j);
                return (c.dot(x, gate + ".W", j) - c.at(gate + ".mean", j)) / Math.sqrt(variance + 1e-5);
            });
        });
    }

    /** The same in training: N by mean and variance of the chunk, which move the running averages by a share of 0.05. */
    @Test
    void liGruInTraining() {
        SmallCase c = liGru("norm=true");
        BiFunction<String, Integer, Double> mean = (gate, j) -> Arrays.stream(X)
                .mapToDouble(x -> c.dot(x, gate + ".W", j))
                .average()
                .orElseThrow();
        BiFunction<String, Integer, Double> variance = (gate, j) -> Arrays.stream(X)
                .mapToDouble(x -> Math.pow(c.dot(x, gate + ".W", j) - mean.apply(gate, j), 2))
                .average()
                .orElseThrow();
        double[][] h = {new double[H]};
        check(X, c.train(X, Draws.MEANS), (t, x) -> {
            double[] old = h[0];
            return h[0] = liGru(
                    c,
                    old,
                    (gate, j) -> (c.dot(x, gate + ".W", j) - mean.apply(gate, j))
                            / Math.sqrt(variance.apply(gate, j) + 1e-5));
        });
        for (String gate : new String[] {"z", "n"}) {
            for (int j = 0; j < H; j++) {
                assertThat(c.buffer(gate + ".mean", X)[j])
                        .isCloseTo(0.95 * c.at(gate + ".mean", j) + 0.05 * mean.apply(gate, j), within(1e-12));
                assertThat(c.buffer(gate + ".variance", X)[j])
                        .isCloseTo(0.95 * c.at(gate + ".variance", j) + 0.05 * variance.apply(gate, j), within(1e-12));
            }
        }
    }

    @Test
    void liGruWithoutNorm() {
        SmallCase c = cell(new LiGru(), "norm=false");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double z = sigmoid(c.dot(x, "z.W", j) + c.at("z.b", j) + c.dot(old, "zh.U", j));
                double n = Math.max(0, c.dot(x, "n.W", j) + c.at("n.b", j) + c.dot(old, "nh.U", j));
                return z * old[j] + (1 - z) * n;
            });
        });
    }

    private static SmallCase liGru(String option) {
        double[] variances = new double[H];
        Arrays.setAll(variances, j -> 0.7 + 0.4 * j);
        return cell(new LiGru(), option).with("z.variance", variances).with("n.variance", variances);
    }

    private static double[] liGru(SmallCase c, double[] old, BiFunction<String, Integer, Double> normed) {
        return units(j -> {
            double z = sigmoid(c.at("z.gain", j) * normed.apply("z", j) + c.at("z.shift", j) + c.dot(old, "zh.U", j));
            double n = c.at("n.gain", j) * normed.apply("n", j) + c.at("n.shift", j) + c.dot(old, "nh.U", j);
            return z * old[j] + (1 - z) * Math.max(0, n);
        });
    }

    /** arXiv 1804.04849, equation 4 with β. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2.5})
    void janet(double beta) {
        SmallCase c = cell(new Janet(), "beta=" + beta);
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double s = c.sum("f", x, old, j);
                return sigmoid(s) * old[j] + (1 - sigmoid(s - beta)) * tanh(c.sum("n", x, old, j));
            });
        });
    }

    /** arXiv 1911.11033, equations 7 to 9 (β = 0); the authors' code with k = 1 − σ(s) and its shift (β = 1). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void star(int beta) {
        SmallCase c = cell(new Star(), "beta=" + beta);
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double z = tanh(c.dot(x, "z.W", j) + c.at("z.b", j));
                double s = -c.sum("k", x, old, j);
                return tanh(sigmoid(s) * old[j] + (1 - sigmoid(s - beta)) * z);
            });
        });
    }

    /** 10.1049/gtd2.12056: one projection, in the gate and as the candidate. */
    @Test
    void sgrn() {
        SmallCase c = cell(new Sgrn());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double p = c.dot(x, "p.W", j);
                double f = sigmoid(p + c.dot(old, "f.U", j) + c.at("f.b", j));
                return tanh((1 - f) * p + f * old[j]);
            });
        });
    }

    /** arXiv 1810.12546, equations 8 to 10; with the biases of the authors' second implementation. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atr(boolean biased) {
        SmallCase c = cell(new Atr(), "bias=" + biased);
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double p = c.dot(x, "p.W", j) + (biased ? c.at("p.b", j) : 0);
                double q = c.dot(old, "q.U", j) + (biased ? c.at("q.b", j) : 0);
                return sigmoid(p + q) * p + sigmoid(p - q) * old[j];
            });
        });
    }

    /** arXiv 2006.05252, equations of the bistable cell and of its neuromodulated form. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void brc(boolean modulated) {
        SmallCase c = cell(modulated ? new Nbrc() : new Brc());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double toA = modulated ? c.dot(old, "a.U", j) : c.at("a.u", j) * old[j];
                double toC = modulated ? c.dot(old, "c.U", j) : c.at("c.u", j) * old[j];
                double a = 1 + tanh(c.dot(x, "a.W", j) + toA + c.at("a.b", j));
                double gate = sigmoid(c.dot(x, "c.W", j) + toC + c.at("c.b", j));
                return gate * old[j] + (1 - gate) * tanh(c.dot(x, "n.W", j) + a * old[j]);
            });
        });
    }

    /** Jozefowicz et al. 2015, MUT1, with a matrix in front of x in tanh(x) unless the widths agree. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mut1(boolean raw) {
        double[][] xs = raw ? NARROW : X;
        SmallCase c = SmallCase.of(layer(new Mut1(), H, "raw-x=" + raw), xs[0].length);
        double[][] h = {new double[H]};
        check(xs, c.run(xs), (t, x) -> {
            double[] old = h[0];
            double[] r = units(j -> sigmoid(c.sum("r", x, old, j)));
            return h[0] = units(j -> {
                double z = sigmoid(c.dot(x, "z.W", j) + c.at("z.b", j));
                double in = tanh(raw ? x[j] : c.dot(x, "x.W", j));
                return z * tanh(c.dot(times(r, old), "n.U", j) + in + c.at("n.b", j)) + (1 - z) * old[j];
            });
        });
    }

    /** Jozefowicz et al. 2015, MUT2. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mut2(boolean raw) {
        double[][] xs = raw ? NARROW : X;
        SmallCase c = SmallCase.of(layer(new Mut2(), H, "raw-x=" + raw), xs[0].length);
        double[][] h = {new double[H]};
        check(xs, c.run(xs), (t, x) -> {
            double[] old = h[0];
            double[] r = units(j -> sigmoid((raw ? x[j] : c.dot(x, "x.W", j)) + c.dot(old, "r.U", j) + c.at("r.b", j)));
            return h[0] = units(j -> {
                double z = sigmoid(c.sum("z", x, old, j));
                return z * tanh(c.sum("n", x, times(r, old), j)) + (1 - z) * old[j];
            });
        });
    }

    @Test
    void rawInputsNeedTheCellsWidth() {
        for (Plugin each : new Plugin[] {new Mut1(), new Mut2()}) {
            assertThatThrownBy(() -> cell(each, "raw-x=true"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("raw-x=true needs input width = size; input is 3");
        }
    }

    /** Jozefowicz et al. 2015, MUT3: the update gate sees tanh(h). */
    @Test
    void mut3() {
        SmallCase c = cell(new Mut3());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            double[] squashed = units(j -> tanh(old[j]));
            double[] r = units(j -> sigmoid(c.sum("r", x, old, j)));
            return h[0] = units(j -> {
                double z = sigmoid(c.sum("z", x, squashed, j));
                return z * tanh(c.sum("n", x, times(r, old), j)) + (1 - z) * old[j];
            });
        });
    }

    /** arXiv 2503.06175: the update gate is the number λ; in the second form the reset gate is θ. */
    @Test
    void miru() {
        SmallCase one = cell(new Miru1(), "lambda=0.3");
        SmallCase two = cell(new Miru2(), "lambda=0.3", "theta=0.8");
        double[][] h = {new double[H], new double[H]};
        check(X, one.run(X), (t, x) -> {
            double[] old = h[0];
            double[] r = units(j -> sigmoid(one.sum("r", x, old, j)));
            return h[0] = units(j -> 0.3 * old[j] + 0.7 * tanh(one.sum("n", x, times(r, old), j)));
        });
        check(X, two.run(X), (t, x) -> {
            double[] old = h[1];
            double[] seen = units(j -> 0.8 * old[j]);
            return h[1] = units(j -> 0.3 * old[j] + 0.7 * tanh(two.sum("n", x, seen, j)));
        });
    }

    /** arXiv 1604.02910, SGU and DSGU; the hard sigmoid of PyTorch and of Keras 2. */
    @ParameterizedTest
    @CsvSource({"false, sixth", "false, fifth", "true, sixth", "true, fifth"})
    void sgu(boolean deep, String slope) {
        SmallCase c = cell(deep ? new Dsgu() : new Sgu(), "slope=" + slope);
        double[][] h = {{0, 0}};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            double[] p = units(j -> (c.dot(x, "p.W", j) + c.at("p.b", j)) * old[j]);
            double[] g = units(j -> tanh(c.dot(p, "g.U", j) + c.at("g.b", j)));
            return h[0] = units(j -> {
                double a = c.sum("z", x, old, j) * (slope.equals("sixth") ? 1.0 / 6 : 0.2) + 0.5;
                double z = Math.max(0, Math.min(1, a));
                double y = deep ? sigmoid(c.dot(times(g, old), "y.U", j)) : softplus(g[j] * old[j]);
                return (1 - z) * old[j] + z * y;
            });
        });
    }

    /** arXiv 2212.00228, equations 8 to 12: q sees the state of d steps before the last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void tauGru(int delay) {
        SmallCase c = cell(new TauGru(), "delay=" + delay);
        double[][] all = new double[X.length + 1][H];
        check(X, c.run(X), (t, x) -> {
            double[] old = all[t];
            double[] late = t - delay < 0 ? new double[H] : all[t - delay];
            return all[t + 1] = units(j -> {
                double u = tanh(c.sum("u", x, old, j));
                double q = tanh(c.sum("q", x, late, j));
                double g = sigmoid(c.sum("g", x, old, j));
                double a = sigmoid(c.sum("a", x, old, j));
                return (1 - g) * old[j] + g * (u + a * q);
            });
        });
    }
}
