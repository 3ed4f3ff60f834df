package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.plugins.cells.Gru;
import dev.rondo.plugins.cells.Lstm;
import dev.rondo.verification.SmallCase;
import org.junit.jupiter.api.Test;

/**
 * LSTM and GRU with weights in PyTorch's order, all different, against outputs computed from PyTorch's documented formulas.
 *
 * <p>PyTorch stacks the gates' rows, [gates · H, D] and [gates · H, H], the transpose of ours, and has two biases. The
 * expected numbers come from a script with plain loops over the formulas in the comments.
 */
class PytorchOrderTest {
    private static final int H = 2;
    private static final double[][] X = {{0.5, -1.0}, {1.25, 0.25}, {-0.75, 0.5}};

    /**
     * i, f, g, o = σ, σ, tanh, σ of (W_ih x + b_ih + W_hh h + b_hh), rows in the order i, f, g, o; c' = f c + i g; h' = o tanh(c').
     */
    @Test
    void lstm() {
        double[][] weightIh = {
            {-0.5, -0.0625}, {0.375, -0.625}, // i
            {-0.1875, 0.25}, {0.6875, -0.3125}, // f
            {0.125, 0.5625}, {-0.4375, 0.0}, // g
            {0.4375, -0.5625}, {-0.125, 0.3125} // o
        };
        double[][] weightHh = {
            {-0.375, 0.0625}, {0.5, -0.5},
            {-0.0625, 0.375}, {-0.625, -0.1875},
            {0.25, 0.6875}, {-0.3125, 0.125},
            {0.5625, -0.4375}, {0.0, 0.4375}
        };
        double[] biasIh = {-0.5625, -0.125, 0.3125, -0.6875, -0.25, 0.1875, 0.625, -0.375};
        double[] biasHh = {0.125, 0.5625, -0.4375, 0.0, 0.4375, -0.5625, -0.125, 0.3125};

        SmallCase lstm = SmallCase.of(layer(new Lstm(), H), 2);
        String[] order = {"i", "f", "g", "o"};
        for (int gate = 0; gate < order.length; gate++) {
            lstm.with(order[gate] + ".W", transposed(weightIh, gate));
            lstm.with(order[gate] + ".U", transposed(weightHh, gate));
            lstm.with(order[gate] + ".b", sum(part(biasIh, gate), part(biasHh, gate)));
        }

        check(lstm, new double[][] {
            {-0.082295529, -0.153735947}, {0.032192387, -0.277082999}, {0.056665403, -0.100438274}
        });
    }

    /**
     * r, z = σ of (W_ih x + b_ih + W_hh h + b_hh), n = tanh(W_in x + b_in + r (W_hn h + b_hn)), rows in the order r, z, n;
     * h' = (1 − z) n + z h.
     */
    @Test
    void gru() {
        double[][] weightIh = {
            {-0.4375, 0.0}, {0.4375, -0.5625}, // r
            {-0.125, 0.3125}, {-0.6875, -0.25}, // z
            {0.1875, 0.625}, {-0.375, 0.0625} // n
        };
        double[][] weightHh = {
            {-0.125, 0.3125}, {-0.6875, -0.25},
            {0.1875, 0.625}, {-0.375, 0.0625},
            {0.5, -0.5}, {-0.0625, 0.375}
        };
        double[] biasIh = {-0.625, -0.1875, 0.25, 0.6875, -0.3125, 0.125};
        double[] biasHh = {0.0, 0.4375, -0.5625, -0.125, 0.3125, -0.6875};

        SmallCase gru = SmallCase.of(layer(new Gru(), H), 2);
        String[] order = {"r", "z"};
        for (int gate = 0; gate < order.length; gate++) {
            gru.with(order[gate] + ".W", transposed(weightIh, gate));
            gru.with(order[gate] + ".U", transposed(weightHh, gate));
            gru.with(order[gate] + ".b", sum(part(biasIh, gate), part(biasHh, gate)));
        }
        gru.with("n.W", transposed(weightIh, 2)).with("n.b", part(biasIh, 2));
        gru.with("nh.U", transposed(weightHh, 2)).with("nh.b", part(biasHh, 2));

        check(gru, new double[][] {
            {-0.422542313, -0.215276676}, {-0.067624017, -0.484424607}, {0.010106163, -0.336210328}
        });
    }

    private static void check(SmallCase cell, double[][] expected) {
        double[][] outputs = cell.run(X);
        for (int t = 0; t < expected.length; t++) {
            assertThat(outputs[t]).as("step %d", t).containsExactly(expected[t], within(1e-8));
        }
    }

    /** The rows of one gate as a matrix of ours, [operand, H]. */
    private static double[] transposed(double[][] stacked, int gate) {
        int columns = stacked[0].length;
        double[] ours = new double[columns * H];
        for (int j = 0; j < H; j++) {
            for (int k = 0; k < columns; k++) {
                ours[k * H + j] = stacked[gate * H + j][k];
            }
        }
        return ours;
    }

    private static double[] part(double[] stacked, int gate) {
        return java.util.Arrays.copyOfRange(stacked, gate * H, (gate + 1) * H);
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int j = 0; j < sum.length; j++) {
            sum[j] += b[j];
        }
        return sum;
    }
}
