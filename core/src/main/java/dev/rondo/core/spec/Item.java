package dev.rondo.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One spec, taken apart before anybody asks whether its names are known.
 *
 * @param head name, with the size where no parentheses follow
 * @param wrapped what stands in parentheses, absent where there are none
 * @param tail what stands between the closing parenthesis and the first option: nothing or a size
 * @param path what stands behind a colon, absent where there is none
 */
record Item(
        Span whole,
        Span head,
        @Nullable List<Item> wrapped,
        Span tail,
        @Nullable Span path,
        List<Setting> settings) {
    /** {@code _key=value}. */
    record Setting(Span key, Span value) {
        Span whole() {
            return key.to(value);
        }
    }
}
