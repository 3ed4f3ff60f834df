package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The copy memory task: ten symbols are to be said again after a long silence.
 *
 * <p>A task with a delay of T has T + 20 steps. A model reads ten symbols from 1 to 8, then T − 1 zeros, then eleven times the sign 9;
 * wanted are T + 10 zeros and then the ten symbols. Input and target are of ten classes. All steps count, as in the tables that are
 * published, so that who answers zeros and guesses the symbols has a cross-entropy of 10 ln 8 / (T + 20); with
 * {@code score=symbols} only the last ten count. The state begins anew with each task.
 */
@AutoService(SeriesSource.class)
public final class CopyMemory implements SeriesSource {
    /** Which steps count. */
    enum Score {
        ALL,
        SYMBOLS
    }

    private static final int SYMBOLS = 10;
    private static final int KINDS = 8;
    private static final List<String> CLASSES =
            IntStream.range(0, KINDS + 2).mapToObj(Integer::toString).toList();

    private static final Option<Integer> DELAY =
            Option.whole("delay", 80).range(1, 100_000).doc("The delay T; a task has 20 steps more.");
    private static final Option<Score> SCORE =
            Option.choice("score", Score.ALL).doc("Whether all steps count, or only those of the ten symbols.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("copy_memory")
                .summary("Ten symbols to be said again after a long silence.")
                .paper("1511.06464", "Unitary Evolution Recurrent Neural Networks")
                .example("copy_memory_delay=100")
                .options(DELAY, SCORE);
    }

    @Override
    public Series open(SourceScope s) {
        int delay = s.value(DELAY);
        boolean all = s.value(SCORE) == Score.ALL;
        int steps = delay + 2 * SYMBOLS;
        return Generated.episodes(s, steps, List.of("symbol"), "recalled", (random, rows, counts) -> {
                    for (int i = 0; i < SYMBOLS; i++) {
                        int symbol = 1 + Generated.below(random, KINDS);
                        rows[i][0] = symbol;
                        rows[delay + SYMBOLS + i][1] = symbol;
                    }
                    for (int t = delay + SYMBOLS - 1; t < steps; t++) {
                        rows[t][0] = KINDS + 1;
                    }
                    Arrays.fill(counts, all ? 0 : delay + SYMBOLS, steps, true);
                })
                .withClasses("symbol", CLASSES)
                .withClasses("recalled", CLASSES);
    }
}
