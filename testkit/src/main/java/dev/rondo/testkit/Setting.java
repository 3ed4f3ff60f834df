package dev.rondo.testkit;

import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation depends on besides the numbers that it can be differentiated by.
 *
 * @param lengths valid steps of each row
 * @param stamps time stamps [time, batch], absent where steps are evenly spaced
 * @param seen steps of each row since its reset
 * @param origins time stamp of each row's first step
 * @param training whether random draws are drawn
 */
public record Setting(
        int steps,
        int batch,
        int[] lengths,
        double @Nullable [] stamps,
        long[] seen,
        double[] origins,
        boolean training,
        Draws draws) {

    /** Evaluation of {@code input}, going on from {@code state}; random draws are their means. */
    public static Setting of(Sequences input, ModelState state) {
        return of(input, state.seen(), state.origins());
    }

    /** Evaluation of {@code input}, going on after steps that an {@link Oracle.Outcome} tells of. */
    public static Setting of(Sequences input, long[] seen, double[] origins) {
        int[] lengths = input.lengths() == null
                ? new int[input.batch()]
                : input.lengths().clone();
        if (input.lengths() == null) {
            java.util.Arrays.fill(lengths, input.steps());
        }
        return new Setting(
                input.steps(),
                input.batch(),
                lengths,
                input.stamps(),
                seen.clone(),
                origins.clone(),
                false,
                Draws.MEANS);
    }

    /** The same in training mode. */
    public Setting training(Draws newDraws) {
        return new Setting(steps, batch, lengths, stamps, seen, origins, true, newDraws);
    }

    boolean valid(int step, int row) {
        return step < lengths[row];
    }

    /** Steps since the reset, for the row's step of this piece. */
    long index(int step, int row) {
        return seen[row] + step;
    }

    /** Time stamp relative to the first of the row's stream. */
    double stamp(int step, int row) {
        return stamps == null ? index(step, row) : stamps[step * batch + row] - origin(row);
    }

    /** Time stamp of the first step of the row's stream. */
    double origin(int row) {
        return stamps != null && seen[row] == 0 && lengths[row] > 0 ? stamps[row] : origins[row];
    }
}
