package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.cells.Formula.D;
import static dev.rondo.verification.cells.Formula.H;
import static dev.rondo.verification.cells.Formula.NARROW;
import static dev.rondo.verification.cells.Formula.X;
import static dev.rondo.verification.cells.Formula.check;
import static dev.rondo.verification.cells.Formula.sigmoid;
import static dev.rondo.verification.cells.Formula.times;
import static dev.rondo.verification.cells.Formula.units;
import static java.lang.Math.exp;
import static java.lang.Math.tanh;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import dev.rondo.plugins.cells.ELstm;
import dev.rondo.plugins.cells.Gru;
import dev.rondo.plugins.cells.Lstm;
import dev.rondo.plugins.cells.McLstm;
import dev.rondo.plugins.cells.MultiplicativeLstm;
import dev.rondo.plugins.cells.Nas;
import dev.rondo.plugins.cells.Ran;
import dev.rondo.plugins.cells.ResLstm;
import dev.rondo.plugins.cells.SLstm;
import dev.rondo.plugins.cells.WmcLstm;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells with a cell state of their own, each against the formula of its paper in plain arithmetic. */
class LstmFamilyTest {
    private static SmallCase cell(Plugin plugin, String... options) {
        return SmallCase.of(layer(plugin, H, options), D);
    }

    /** Hochreiter and Schmidhuber 1997: the state is a sum that nothing forgets. */
    @Test
    void originalLstm() {
        SmallCase l = cell(new Lstm(), "forget=false");
        double[][] h = {new double[H]};
        double[] c = new double[H];
        check(X, l.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                c[j] += sigmoid(l.sum("i", x, old, j)) * tanh(l.sum("g", x, old, j));
                return sigmoid(l.sum("o", x, old, j)) * tanh(c[j]);
            });
        });
    }

    /** An output of three units made of two, which is fed back; a state held within its bound. */
    @Test
    void lstmWithProjectionAndClippedCell() {
        SmallCase l = cell(new Lstm(), "proj=3", "cell-clip=0.4");
        double[][] h = {new double[3]};
        double[] c = new double[H];
        check(X, l.run(X), (t, x) -> {
            double[] old = h[0];
            double[] y = units(j -> {
                double sum = sigmoid(l.sum("f", x, old, j)) * c[j]
                        + sigmoid(l.sum("i", x, old, j)) * tanh(l.sum("g", x, old, j));
                c[j] = Math.max(-0.4, Math.min(0.4, sum));
                return sigmoid(l.sum("o", x, old, j)) * tanh(c[j]);
            });
            return h[0] = units(3, j -> l.dot(y, "proj.U", j));
        });
    }

    @Test
    void coupledGatesNeedTheForgetGate() {
        assertThatThrownBy(() -> cell(new Lstm(), "forget=false", "coupled=true"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("coupled=true needs the forget gate");
    }

    /** arXiv 1705.07393 with the authors' projection of h. */
    @Test
    void ranWithProjection() {
        SmallCase r = cell(new Ran(), "proj=3");
        double[][] h = {new double[3]};
        double[] c = new double[H];
        check(X, r.run(X), (t, x) -> {
            double[] old = h[0];
            double[] y = units(j -> {
                c[j] = sigmoid(r.sum("i", x, old, j)) * r.dot(x, "n.W", j) + sigmoid(r.sum("f", x, old, j)) * c[j];
                return tanh(c[j]);
            });
            return h[0] = units(3, j -> r.dot(y, "proj.U", j));
        });
    }

    /** arXiv 1412.3555: z overwrites. */
    @Test
    void invertedGru() {
        SmallCase g = cell(new Gru(), "invert=true");
        double[][] h = {new double[H]};
        check(X, g.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double z = sigmoid(g.sum("z", x, old, j));
                double r = sigmoid(g.sum("r", x, old, j));
                double back = r * (g.dot(old, "nh.U", j) + g.at("nh.b", j));
                return (1 - z) * old[j] + z * tanh(g.dot(x, "n.W", j) + g.at("n.b", j) + back);
            });
        });
    }

    /** arXiv 1609.07959, equations 16 to 21, and the authors' first code. */
    @ParameterizedTest
    @ValueSource(strings = {"standard", "krause"})
    void multiplicativeLstm(String output) {
        boolean standard = output.equals("standard");
        SmallCase l = cell(new MultiplicativeLstm(), "output=" + output);
        double[][] h = {new double[H]};
        double[] c = new double[H];
        check(X, l.run(X), (t, x) -> {
            double[] old = h[0];
            double[] m = units(j -> l.dot(x, "mx.W", j) * l.dot(old, "mh.U", j));
            return h[0] = units(j -> {
                double g = l.sum("g", x, m, j);
                c[j] = sigmoid(l.sum("f", x, m, j)) * c[j] + sigmoid(l.sum("i", x, m, j)) * (standard ? tanh(g) : g);
                double o = sigmoid(l.sum("o", x, m, j));
                return standard ? o * tanh(c[j]) : tanh(c[j] * o + l.at("h.b", j));
            });
        });
    }

    /** Ben-Ari and Shwartz-Ziv 2017: v goes round, h comes out. */
    @Test
    void mcLstm() {
        SmallCase l = cell(new McLstm());
        double[][] v = {new double[H]};
        double[] c = new double[H];
        check(X, l.run(X), (t, x) -> {
            double[] old = v[0];
            for (int j = 0; j < H; j++) {
                c[j] = sigmoid(l.sum("f", x, old, j)) * c[j]
                        + sigmoid(l.sum("i", x, old, j)) * tanh(l.sum("n", x, old, j));
            }
            v[0] = units(j -> sigmoid(l.sum("m", x, old, j)) * tanh(c[j]));
            return units(j -> sigmoid(l.sum("o", x, old, j)) * tanh(c[j]));
        });
    }

    /** arXiv 2109.00020, equations 9 to 13: input and forget gate see the old c, the output gate the new one. */
    @Test
    void wmcLstm() {
        SmallCase l = cell(new WmcLstm());
        double[][] h = {new double[H]};
        double[][] c = {new double[H]};
        check(X, l.run(X), (t, x) -> {
            double[] old = h[0];
            double[] cell = c[0];
            double[] next = units(j -> {
                double i = sigmoid(l.sum("i", x, old, j) + tanh(l.dot(cell, "ic.U", j)));
                double f = sigmoid(l.sum("f", x, old, j) + tanh(l.dot(cell, "fc.U", j)));
                return f * cell[j] + i * tanh(l.sum("g", x, old, j));
            });
            c[0] = next;
            return h[0] = units(j -> sigmoid(l.sum("o", x, old, j) + tanh(l.dot(next, "oc.U", j))) * tanh(next[j]));
        });
    }

    /** arXiv 1701.03360, equations 7 to 12. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resLstm(boolean direct) {
        double[][] xs = direct ? NARROW : X;
        SmallCase l = SmallCase.of(layer(new ResLstm(), H, "identity-skip=" + direct), xs[0].length);
        double[][] h = {new double[H]};
        double[] c = new double[H];
        check(xs, l.run(xs), (t, x) -> {
            double[] old = h[0];
            for (int j = 0; j < H; j++) {
                double i = sigmoid(l.sum("i", x, old, j) + l.at("i.u", j) * c[j]);
                double f = sigmoid(l.sum("f", x, old, j) + l.at("f.u", j) * c[j]);
                c[j] = f * c[j] + i * tanh(l.sum("g", x, old, j));
            }
            double[] squashed = units(j -> tanh(c[j]));
            return h[0] = units(j -> {
                double o = sigmoid(l.sum("o", x, old, j) + l.at("o.u", j) * c[j]);
                return o * (l.dot(squashed, "proj.U", j) + (direct ? x[j] : l.dot(x, "skip.W", j)));
            });
        });
    }

    @Test
    void resLstmSkipsAsItIsOnlyAtItsOwnWidth() {
        assertThatThrownBy(() -> cell(new ResLstm(), "identity-skip=true"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("identity-skip=true needs input width = size; input is 3");
    }

    /** arXiv 2305.19044, equations 13 to 16: diagonals in the loop, a matrix behind it that sees the new c. */
    @Test
    void eLstm() {
        SmallCase l = cell(new ELstm());
        double[] c = new double[H];
        check(X, l.run(X), (t, x) -> {
            for (int j = 0; j < H; j++) {
                double f = sigmoid(l.dot(x, "f.W", j) + l.at("f.u", j) * c[j] + l.at("f.b", j));
                double z = tanh(l.dot(x, "z.W", j) + l.at("z.u", j) * c[j] + l.at("z.b", j));
                c[j] = f * c[j] + (1 - f) * z;
            }
            return units(j -> sigmoid(l.sum("o", x, c, j)) * c[j]);
        });
    }

    /** arXiv 2405.04517, equations 8 to 14, without the stabiliser, which changes no result. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sLstm(int heads) {
        int size = 4;
        SmallCase l = SmallCase.of(layer(new SLstm(), size, "heads=" + heads), D);
        double[][] h = {new double[size]};
        double[] c = new double[size];
        double[] n = new double[size];
        check(X, l.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(size, j -> {
                double i = exp(raw(l, "i", x, old, j, heads));
                double f = sigmoid(raw(l, "f", x, old, j, heads));
                c[j] = f * c[j] + i * tanh(raw(l, "z", x, old, j, heads));
                n[j] = f * n[j] + i;
                return sigmoid(raw(l, "o", x, old, j, heads)) * c[j] / n[j];
            });
        });
    }

    private static double raw(SmallCase l, String name, double[] x, double[] h, int j, int heads) {
        double sum = l.dot(x, name + ".W", j) + l.at(name + ".b", j);
        if (heads == 1) {
            return sum + l.dot(h, name + ".U", j);
        }
        int width = h.length / heads;
        double[] share = java.util.Arrays.copyOfRange(h, j / width * width, j / width * width + width);
        return sum + l.dot(share, name + ".U.head" + j / width, j % width);
    }

    @Test
    void headsHaveToDivideTheSize() {
        assertThatThrownBy(() -> SmallCase.of(layer(new SLstm(), 4, "heads=3"), D))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("heads=3 must divide the size 4");
    }

    /** arXiv 1611.01578, figure 8 as TensorFlow's cell has it: the fourth pair is multiplied. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void nas(boolean biased) {
        SmallCase l = cell(new Nas(), "bias=" + biased);
        double[][] h = {new double[H]};
        double[] c = new double[H];
        check(X, l.run(X), (t, x) -> {
            double[] old = h[0];
            double[][] m = new double[9][];
            double[][] n = new double[9][];
            for (int k = 1; k <= 8; k++) {
                String a = "m" + k + ".W";
                String b = "n" + k;
                m[k] = units(j -> l.dot(x, a, j));
                n[k] = units(j -> l.dot(old, b + ".U", j) + (biased ? l.at(b + ".b", j) : 0));
            }
            return h[0] = units(j -> {
                double l1 = tanh(sigmoid(m[1][j] + n[1][j]) * Math.max(0, m[2][j] + n[2][j]));
                double l2 = tanh(sigmoid(m[3][j] + n[3][j]) + Math.max(0, times(m[4], n[4])[j]));
                double l3 = tanh(tanh(m[5][j] + n[5][j]) * sigmoid(m[6][j] + n[6][j]));
                double l4 = sigmoid(tanh(m[7][j] + n[7][j]) + sigmoid(m[8][j] + n[8][j]));
                c[j] = tanh(l1 + c[j]) * l2;
                return tanh(c[j] * tanh(l3 + l4));
            });
        });
    }
}
