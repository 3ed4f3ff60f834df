package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.List;

/**
 * A non-linear system of order ten, to be told from its random input alone.
 *
 * <pre>
 * y(t+1) = 0.3 y(t) + 0.05 y(t) Σ y(t − i) + 1.5 u(t − 9) u(t) + 0.1      i = 0 … 9, u uniform in [0, 0.5]
 * </pre>
 *
 * <p>A model reads u(t) and predicts y(t+1), which is determined then; y itself it does not see. Both are zero before the start. An
 * unlucky input can drive y out of every bound: then the series is drawn anew. With {@code tanh} the right-hand side is squashed
 * instead.
 */
@AutoService(SeriesSource.class)
public final class Narma10 implements SeriesSource {
    private static final int ORDER = 10;
    /** Values stay below 1; from 2 on they only grow. */
    private static final double LOST = 2;

    private static final int MOST_TRIES = 1000;

    private static final Option<Boolean> TANH =
            Option.flag("tanh", false).doc("Takes the hyperbolic tangent of each value, so that none can grow away.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("narma_10")
                .summary("A non-linear system with a memory of ten steps, to be told from its random input.")
                .paper(
                        "Atiya and Parlos 2000",
                        "New results on recurrent network training: unifying the algorithms and accelerating convergence")
                .example("narma_10_tanh=true")
                .options(TANH);
    }

    @Override
    public Series open(SourceScope s) {
        boolean squashed = s.value(TANH);
        float[][][] values = new float[s.series()][s.length() - 1][2];
        for (int i = 0; i < values.length; i++) {
            RandomStream random = s.random(i);
            double[] u = new double[s.length() - 1];
            double[] y;
            int tries = 0;
            do {
                s.require(
                        tries++ < MOST_TRIES,
                        "none of " + MOST_TRIES + " random inputs of " + u.length
                                + " steps keeps the system within bounds; shorter series do, or tanh=true");
                for (int t = 0; t < u.length; t++) {
                    u[t] = 0.5 * random.uniform();
                }
                y = system(u, squashed);
            } while (lost(y));
            for (int t = 0; t < u.length; t++) {
                values[i][t][0] = (float) u[t];
                values[i][t][1] = (float) y[t];
            }
        }
        return new Series(List.of("u", "y"), List.of("u"), List.of("y"), values, new double[0], List.of())
                .atTheSameStep();
    }

    private static boolean lost(double[] y) {
        for (double each : y) {
            if (!(Math.abs(each) < LOST)) {
                return true;
            }
        }
        return false;
    }

    /** y(1), y(2) … that u(0), u(1) … cause. */
    static double[] system(double[] u, boolean squashed) {
        double[] y = new double[u.length];
        for (int t = 0; t < u.length; t++) {
            double now = t == 0 ? 0 : y[t - 1];
            double sum = 0;
            for (int i = 1; i <= ORDER && t - i >= 0; i++) {
                sum += y[t - i];
            }
            double earlier = t < ORDER - 1 ? 0 : u[t - ORDER + 1];
            double next = 0.3 * now + 0.05 * now * sum + 1.5 * earlier * u[t] + 0.1;
            y[t] = squashed ? StrictMath.tanh(next) : next;
        }
        return y;
    }
}
