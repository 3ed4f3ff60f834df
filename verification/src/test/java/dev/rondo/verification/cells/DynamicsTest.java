package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static dev.rondo.verification.cells.Formula.D;
import static dev.rondo.verification.cells.Formula.H;
import static dev.rondo.verification.cells.Formula.X;
import static dev.rondo.verification.cells.Formula.check;
import static dev.rondo.verification.cells.Formula.sigmoid;
import static dev.rondo.verification.cells.Formula.units;
import static java.lang.Math.tanh;

import dev.rondo.api.spi.Plugin;
import dev.rondo.plugins.cells.AntisymmetricRnn;
import dev.rondo.plugins.cells.CoRnn;
import dev.rondo.plugins.cells.FastGrnn;
import dev.rondo.plugins.cells.FastRnn;
import dev.rondo.plugins.cells.GatedAntisymmetricRnn;
import dev.rondo.plugins.cells.Lem;
import dev.rondo.plugins.cells.LipschitzRnn;
import dev.rondo.plugins.cells.Rhn;
import dev.rondo.plugins.cells.Scrn;
import dev.rondo.plugins.cells.UniCornn;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that take steps of differential equations, or mix time scales, against their papers' formulas in plain arithmetic. */
class DynamicsTest {
    private static SmallCase cell(Plugin plugin, String... options) {
        return SmallCase.of(layer(plugin, H, options), D);
    }

    private static double in(SmallCase c, String name, double[] x, int j) {
        return c.dot(x, name + ".W", j) + c.at(name + ".b", j);
    }

    /** Element (k, j) of a matrix of H rows and columns. */
    private static double at(SmallCase c, String matrix, int k, int j) {
        return c.at(matrix, k * H + j);
    }

    /** arXiv 1902.09689, equations 8 and 10. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void antisymmetricRnn(boolean gated) {
        SmallCase c = cell(gated ? new GatedAntisymmetricRnn() : new AntisymmetricRnn(), "epsilon=0.25", "gamma=0.125");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double back = 0;
                for (int k = 0; k < H; k++) {
                    back += old[k] * (at(c, "U", k, j) - at(c, "U", j, k) - (k == j ? 0.125 : 0));
                }
                double z = gated ? sigmoid(in(c, "z", x, j) + back) : 1;
                return old[j] + 0.25 * z * tanh(in(c, "n", x, j) + back);
            });
        });
    }

    /** arXiv 2006.12070, equations 2 and 4, after Euler's step. */
    @Test
    void lipschitzRnn() {
        SmallCase c = cell(new LipschitzRnn(), "epsilon=0.25", "beta=0.75", "gamma=0.125");
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double linear = 0;
                double inside = in(c, "n", x, j);
                for (int k = 0; k < H; k++) {
                    linear += bounded(c, "A", j, k) * old[k];
                    inside += bounded(c, "U", j, k) * old[k];
                }
                return old[j] + 0.25 * linear + 0.25 * tanh(inside);
            });
        });
    }

    /** Element (j, k) of S(M). */
    private static double bounded(SmallCase c, String m, int j, int k) {
        double skew = at(c, m, j, k) - at(c, m, k, j);
        double even = at(c, m, j, k) + at(c, m, k, j);
        return 0.75 * skew + 0.25 * even - (j == k ? 0.125 : 0);
    }

    /** arXiv 2010.00951, equation 3: velocity first, damped by the old one as in the code or by the new one as in the paper. */
    @ParameterizedTest
    @ValueSource(strings = {"explicit", "implicit"})
    void coRnn(String damping) {
        SmallCase c = cell(new CoRnn(), "dt=0.5", "gamma=1.5", "epsilon=0.75", "damping=" + damping);
        double[][] y = {new double[H]};
        double[][] z = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] place = y[0];
            double[] speed = z[0];
            z[0] = units(j -> {
                double force = tanh(in(c, "n", x, j) + c.dot(speed, "n.U", j) + c.dot(place, "n.U2", j));
                force -= 1.5 * place[j];
                return damping.equals("explicit")
                        ? speed[j] + 0.5 * (force - 0.75 * speed[j])
                        : (speed[j] + 0.5 * force) / (1 + 0.5 * 0.75);
            });
            return y[0] = units(j -> place[j] + 0.5 * z[0][j]);
        });
    }

    /** arXiv 2103.05487, equation 4. */
    @Test
    void uniCornn() {
        SmallCase c = cell(new UniCornn(), "dt=0.5", "alpha=1.5");
        double[] y = new double[H];
        double[] z = new double[H];
        check(
                X,
                c.run(X),
                (t, x) -> units(j -> {
                    double a = 0.5 * sigmoid(c.at("c", j));
                    z[j] -= a * (tanh(c.at("n.u", j) * y[j] + in(c, "n", x, j)) + 1.5 * y[j]);
                    return y[j] += a * z[j];
                }));
    }

    /** arXiv 2110.04744, equation 3: the last line sees the new z. */
    @Test
    void lem() {
        SmallCase c = cell(new Lem(), "dt=0.75");
        double[][] y = {new double[H]};
        double[] z = new double[H];
        check(X, c.run(X), (t, x) -> {
            double[] old = y[0];
            double[] d1 = units(j -> 0.75 * sigmoid(c.sum("d1", x, old, j)));
            for (int j = 0; j < H; j++) {
                double d2 = 0.75 * sigmoid(c.sum("d2", x, old, j));
                z[j] = (1 - d2) * z[j] + d2 * tanh(c.sum("z", x, old, j));
            }
            return y[0] = units(j -> (1 - d1[j]) * old[j] + d1[j] * tanh(c.sum("y", x, z, j)));
        });
    }

    /** arXiv 1901.02358, equation 2. */
    @Test
    void fastRnn() {
        SmallCase c = cell(new FastRnn());
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(
                    j -> sigmoid(c.at("alpha", 0)) * tanh(c.sum("n", x, old, j)) + sigmoid(c.at("beta", 0)) * old[j]);
        });
    }

    /** arXiv 1901.02358, equation 4, with full matrices and with products of narrow ones. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1", "2, 1"})
    void fastGrnn(int wRank, int uRank) {
        SmallCase c = cell(new FastGrnn(), "w-rank=" + wRank, "u-rank=" + uRank);
        double[][] h = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            return h[0] = units(j -> {
                double a = low(c, "a.W", x, j, wRank) + low(c, "a.U", old, j, uRank);
                double z = sigmoid(a + c.at("z.b", j));
                double n = tanh(a + c.at("n.b", j));
                return (sigmoid(c.at("zeta", 0)) * (1 - z) + sigmoid(c.at("nu", 0))) * n + z * old[j];
            });
        });
    }

    private static double low(SmallCase c, String name, double[] operand, int j, int rank) {
        return rank == 0
                ? c.dot(operand, name, j)
                : c.dot(units(rank, k -> c.dot(operand, name + ".left", k)), name + ".right", j);
    }

    /** arXiv 1412.7753, equations 4 and 5; h sees the new context. */
    @Test
    void scrn() {
        SmallCase c = cell(new Scrn(), "context=3", "alpha=0.75");
        double[][] h = {new double[H]};
        double[] s = new double[3];
        check(X, c.run(X), (t, x) -> {
            double[] old = h[0];
            for (int j = 0; j < 3; j++) {
                s[j] = 0.25 * c.dot(x, "s.W", j) + 0.75 * s[j];
            }
            h[0] = units(j -> sigmoid(in(c, "h", x, j) + c.dot(s, "h.U", j) + c.dot(old, "h.U2", j)));
            return new double[] {h[0][0], h[0][1], s[0], s[1], s[2]};
        });
    }

    /** arXiv 1607.03474, equations 6 to 9: the input enters the first transition only. */
    @ParameterizedTest
    @CsvSource({"1, true", "3, true", "2, false"})
    void rhn(int depth, boolean coupled) {
        SmallCase c = cell(new Rhn(), "depth=" + depth, "coupled=" + coupled);
        double[][] s = {new double[H]};
        check(X, c.run(X), (t, x) -> {
            for (int l = 1; l <= depth; l++) {
                double[] v = s[0];
                int level = l;
                s[0] = units(j -> {
                    double n = tanh(transition(c, "n" + level, x, v, j, level));
                    double gate = sigmoid(transition(c, "t" + level, x, v, j, level));
                    double carry = coupled ? 1 - gate : sigmoid(transition(c, "c" + level, x, v, j, level));
                    return n * gate + v[j] * carry;
                });
            }
            return s[0];
        });
    }

    private static double transition(SmallCase c, String name, double[] x, double[] v, int j, int level) {
        return (level == 1 ? c.dot(x, name + ".W", j) : 0) + c.dot(v, name + ".U", j) + c.at(name + ".b", j);
    }
}
