package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.Arrays;
import java.util.List;

/**
 * Parity: bits come one after the other, and whether the ones among them are even or odd in number is wanted at the end.
 *
 * <p>Strings have {@code bits} bits, or with {@code lengths=varying} from one to so many, all lengths equally often; what follows a
 * shorter string is zeros that do not count. With {@code supervision=every} the parity of what was read so far is wanted at every step,
 * which is a far easier task. The state begins anew with each string. A guess is right every other time.
 */
@AutoService(SeriesSource.class)
public final class Parity implements SeriesSource {
    /** Whether all strings are equally long. */
    enum Lengths {
        FIXED,
        VARYING
    }

    /** At which steps the parity is wanted. */
    enum Supervision {
        LAST,
        EVERY
    }

    private static final Option<Integer> BITS =
            Option.whole("bits", 50).range(1, 100_000).doc("Bits of a string, the most of them if lengths vary.");
    private static final Option<Lengths> LENGTHS =
            Option.choice("lengths", Lengths.FIXED).doc("Whether strings are equally long or of random lengths.");
    private static final Option<Supervision> SUPERVISION = Option.choice("supervision", Supervision.LAST)
            .doc("Whether the parity is wanted at a string's last bit or at every bit.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("parity")
                .summary("Whether the ones in a string of bits are even or odd in number, wanted at its end.")
                .standard("Parity of a string of bits (warm-up of OpenAI's Requests for Research 2.0, 2018)")
                .example("parity_bits=50_lengths=varying_supervision=every")
                .options(BITS, LENGTHS, SUPERVISION);
    }

    @Override
    public Series open(SourceScope s) {
        int most = s.value(BITS);
        boolean varying = s.value(LENGTHS) == Lengths.VARYING;
        boolean every = s.value(SUPERVISION) == Supervision.EVERY;
        return Generated.episodes(s, most, List.of("bit"), "parity", (random, rows, counts) -> {
                    int bits = varying ? 1 + Generated.below(random, most) : most;
                    int parity = 0;
                    for (int t = 0; t < bits; t++) {
                        int bit = Generated.below(random, 2);
                        parity ^= bit;
                        rows[t][0] = bit;
                        rows[t][1] = parity;
                    }
                    Arrays.fill(counts, every ? 0 : bits - 1, bits, true);
                })
                .withClasses("parity", List.of("even", "odd"));
    }
}
