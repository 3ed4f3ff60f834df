package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.SmallCase.wrapped;
import static dev.rondo.verification.cells.Formula.D;
import static dev.rondo.verification.cells.Formula.H;
import static dev.rondo.verification.cells.Formula.X;
import static dev.rondo.verification.cells.Formula.check;
import static dev.rondo.verification.cells.Formula.sigmoid;
import static dev.rondo.verification.cells.Formula.units;
import static java.lang.Math.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import dev.rondo.plugins.cells.ClipGradient;
import dev.rondo.plugins.cells.DropConnect;
import dev.rondo.plugins.cells.Dropout;
import dev.rondo.plugins.cells.FastSlow;
import dev.rondo.plugins.cells.InitialState;
import dev.rondo.plugins.cells.LayerNorm;
import dev.rondo.plugins.cells.Linear;
import dev.rondo.plugins.cells.Lstm;
import dev.rondo.plugins.cells.Multiplicative;
import dev.rondo.plugins.cells.RgLru;
import dev.rondo.plugins.cells.Rnn;
import dev.rondo.plugins.cells.Stacked;
import dev.rondo.plugins.cells.VariationalDropout;
import dev.rondo.testkit.Draws;
import dev.rondo.verification.SmallCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What wrappers make of the cells inside of them, in plain arithmetic. */
class WrappersTest {
    private static SmallCase around(Plugin wrapper, Plugin cell, String... options) {
        return SmallCase.of(wrapped(wrapper, layer(cell, H), options), D);
    }

    /** arXiv 1705.08639, equations 4 to 7: one fast state goes through all fast cells, the slow cell stands behind the first. */
    @ParameterizedTest
    @CsvSource({"2, zeros", "4, zeros", "4, previous"})
    void fastSlow(int fast, String feed) {
        Configured<?> options = layer(new FastSlow(), 0, "fast=" + fast, "feed=" + feed);
        Configured<?> both = new Configured<>(
                options.plugin(), 0, options.options(), List.of(layer(new Rnn(), H), layer(new Rnn(), 3)), "");
        SmallCase c = SmallCase.of(both, D);
        double[][] f = {new double[H]};
        double[][] s = {new double[3]};
        check(X, c.run(X), (t, x) -> {
            f[0] = elman(c, "fast1/h", x, f[0]);
            s[0] = elman(c, "slow/h", f[0], s[0]);
            double[] in = s[0];
            for (int i = 2; i <= fast; i++) {
                f[0] = elman(c, "fast" + i + "/h", in, f[0]);
                in = feed.equals("previous") ? f[0] : new double[1];
            }
            return f[0];
        });
    }

    private static double[] elman(SmallCase c, String name, double[] x, double[] h) {
        return units(h.length, j -> tanh(c.sum(name, x, h, j)));
    }

    /** Sutskever et al. 2011: h = tanh(xW + mU + b), m = (xW_m) ⊙ (hU_m). */
    @Test
    void multiplicative() {
        SmallCase c = around(new Multiplicative(), new Rnn());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            double[] m = units(j -> c.dot(x, "mx.W", j) * c.dot(old, "mh.U", j));
            return h[0] = elman(c, "0/h", x, m);
        });
    }

    @Test
    void multiplicativeNeedsAStateToReplace() {
        assertThatThrownBy(() -> around(new Multiplicative(), new Linear()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Multiplicative")
                .hasMessageContaining("needs a cell with a state h, the states are []");
    }

    /** Three cells above each other; a value that is dropped between two of them is zero, one that is kept counts double. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stacked(boolean training) {
        SmallCase c = around(new Stacked(), new Rnn(), "layers=3", "dropout=0.5");
        Draws alternating = (node, step, row, unit) -> (step + unit) % 2;
        double[][] h = new double[3][H];
        check(X, training ? c.train(X, alternating) : c.run(X), (t, x) -> {
            h[0] = elman(c, "0/h", x, h[0]);
            for (int layer = 1; layer < 3; layer++) {
                double[] below = h[layer - 1];
                double[] seen = units(j -> training ? 2 * ((t + j) % 2) * below[j] : below[j]);
                h[layer] = elman(c, layer + "/h", seen, h[layer]);
            }
            return h[2];
        });
    }

    /** One mask for all steps; it meets the weights of the state only. */
    @Test
    void dropConnect() {
        SmallCase c = around(new DropConnect(), new Rnn(), "p=0.75");
        Draws diagonal = (node, step, row, unit) -> unit / H == unit % H ? 1 : 0;
        double[][] h = {new double[H]};
        check(X, c.train(X, diagonal), (t, x) -> {
            double[] old = h[0];
            return h[0] =
                    units(j -> tanh(c.dot(x, "0/h.W", j) + 4 * old[j] * c.at("0/h.U", j * H + j) + c.at("0/h.b", j)));
        });
        double[][] whole = {new double[H]};
        check(X, c.run(X), (t, x) -> whole[0] = elman(c, "0/h", x, whole[0]));
    }

    /** The same masks in every step and for every gate; the cell state is not touched. */
    @Test
    void variationalDropout() {
        SmallCase c = around(new VariationalDropout(), new Lstm(), "input=0.5", "state=0.75");
        Draws first = (node, step, row, unit) -> unit == 0 ? 1 : 0;
        double[][] h = {new double[H]};
        double[] cell = new double[H];
        check(X, c.train(X, first), (t, x) -> {
            double[] in = {2 * x[0], 0, 0};
            double[] old = {4 * h[0][0], 0};
            return h[0] = units(j -> {
                double i = sigmoid(c.sum("0/i", in, old, j));
                cell[j] = sigmoid(c.sum("0/f", in, old, j)) * cell[j] + i * tanh(c.sum("0/g", in, old, j));
                return sigmoid(c.sum("0/o", in, old, j)) * tanh(cell[j]);
            });
        });
    }

    @Test
    void layerNormNeedsProductsOfSeveralUnits() {
        assertThatThrownBy(() -> around(new LayerNorm(), new Dropout()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "LayerNorm at 1.LayerNorm: needs a cell with matrix products, which are what it normalises");
        assertThatThrownBy(() -> SmallCase.of(wrapped(new LayerNorm(), layer(new Rnn(), 1)), D))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("has a single one, which would always become 0: give the cell more units");
    }

    /** arXiv 1607.06450, equation 3, on each product by itself. */
    @Test
    void layerNorm() {
        SmallCase c = around(new LayerNorm(), new Rnn(), "eps=0.01");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            double[] in = normalized(c, "0/h.W", units(j -> c.dot(x, "0/h.W", j)));
            double[] back = normalized(c, "0/h.U", units(j -> c.dot(old, "0/h.U", j)));
            return h[0] = units(j -> tanh(in[j] + back[j] + c.at("0/h.b", j)));
        });
    }

    private static double[] normalized(SmallCase c, String name, double[] p) {
        double mean = (p[0] + p[1]) / 2;
        double variance = ((p[0] - mean) * (p[0] - mean) + (p[1] - mean) * (p[1] - mean)) / 2;
        return units(j -> c.at(name + ".gain", j) * (p[j] - mean) / Math.sqrt(variance + 0.01));
    }

    /** Trained values in place of zeros at the first step, and noise on them in training. */
    @ParameterizedTest
    @CsvSource({"true, 0", "true, 0.5", "false, 0.5"})
    void initialState(boolean learnt, double noise) {
        SmallCase c = around(new InitialState(), new Rnn(), "learnt=" + learnt, "noise=" + noise);
        Draws ones = (node, step, row, unit) -> 1 + unit;
        for (boolean training : new boolean[] {false, true}) {
            double[][] h = {units(j -> (learnt ? c.at("initial.h", j) : 0) + (training ? noise * (1 + j) : 0))};
            check(X, training ? c.train(X, ones) : c.run(X), (t, x) -> h[0] = elman(c, "0/h", x, h[0]));
        }
    }

    /** A cell that treats the first step of a stream differently has a past where its state is trained. */
    @Test
    void aTrainedStatePrecedesTheFirstStep() {
        double[][] x = {{0.5, -1}, {1.5, 0.25}, {-0.75, 2}};
        SmallCase c = SmallCase.of(SmallCase.wrapped(new InitialState(), SmallCase.layer(new RgLru(), H)), H);
        double[][] h = {units(j -> c.at("initial.h", j))};
        check(
                x,
                c.run(x),
                (t, in) -> h[0] = units(j -> {
                    double r = sigmoid(c.dot(in, "0/a.W", j) + c.at("0/a.b", j));
                    double i = sigmoid(c.dot(in, "0/i.W", j) + c.at("0/i.b", j));
                    double a = Math.exp(-8 * r * Math.log1p(Math.exp(c.at("0/lambda", j))));
                    return a * h[0][j] + Math.sqrt(1 - a * a) * i * in[j];
                }));
    }

    @Test
    void anInitialStateThatIsZeroIsAMistake() {
        assertThatThrownBy(() -> around(new InitialState(), new Rnn(), "learnt=false"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("learnt=false without noise changes nothing");
    }

    /** Clipping concerns what flows back; the numbers of the cell stay. */
    @Test
    void clipGradientChangesNoOutput() {
        SmallCase c = around(new ClipGradient(), new Rnn(), "bound=1e-6");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> h[0] = elman(c, "0/h", x, h[0]));
        assertThat(c.slopeByInput(X)[0][0]).isNotCloseTo(0, within(1e-3));
    }
}
