package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.List;

/**
 * The adding problem: of many random numbers two are marked, and their sum is wanted at the end.
 *
 * <p>A task has T steps. At each a model reads a number uniform in [0, 1] and a marker, 1 at two of the steps and 0 elsewhere; at the
 * last step, the only one that counts, the target is the sum of the two marked numbers. The state begins anew with each task. Always
 * answering 1 gives a mean squared error of 1/6.
 *
 * <p>The marked steps are two different ones anywhere; with {@code markers=halves} one lies in each half.
 */
@AutoService(SeriesSource.class)
public final class Adding implements SeriesSource {
    /** Where the marked numbers lie. */
    enum Markers {
        ANYWHERE,
        HALVES
    }

    private static final Option<Integer> STEPS =
            Option.whole("steps", 100).range(2, 100_000).doc("Steps of each task, T.");
    private static final Option<Markers> MARKERS =
            Option.choice("markers", Markers.ANYWHERE).doc("Where the two marked numbers lie.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("adding")
                .summary("The sum of two marked numbers among many, wanted at the end of each task.")
                .paper("Hochreiter and Schmidhuber 1997", "Long Short-Term Memory")
                .example("adding_steps=200")
                .options(STEPS, MARKERS);
    }

    @Override
    public Series open(SourceScope s) {
        int steps = s.value(STEPS);
        boolean halves = s.value(MARKERS) == Markers.HALVES;
        return Generated.episodes(s, steps, List.of("value", "marker"), "sum", (random, rows, counts) -> {
            for (float[] row : rows) {
                row[0] = (float) random.uniform();
            }
            int middle = steps / 2;
            int first = Generated.below(random, halves ? middle : steps);
            int second = halves ? middle + Generated.below(random, steps - middle) : Generated.below(random, steps - 1);
            second = !halves && second >= first ? second + 1 : second;
            rows[first][1] = 1;
            rows[second][1] = 1;
            rows[steps - 1][2] = rows[first][0] + rows[second][0];
            counts[steps - 1] = true;
        });
    }
}
