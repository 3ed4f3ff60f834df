package dev.rondo.core.spec;

import dev.rondo.api.spi.Option;
import java.util.stream.Collectors;

/** Writes uses of plugins as specs. */
final class SpecWriter {
    private SpecWriter() {}

    static String write(Configured<?> configured) {
        StringBuilder spec = new StringBuilder(configured.name());
        if (!configured.wrapped().isEmpty()) {
            spec.append(
                    configured.wrapped().stream().map(SpecWriter::write).collect(Collectors.joining(" ", "(", ")")));
        }
        if (!configured.argument().isEmpty()) {
            spec.append(':').append(quoted(configured.argument()));
        }
        if (configured.size() > 0) {
            spec.append('_').append(configured.size());
        }
        for (Option<?> option : Options.of(configured.plugin().describe())) {
            if (configured.options().containsKey(option)) {
                spec.append('_').append(option.key()).append('=').append(quoted(value(configured, option)));
            }
        }
        return spec.toString();
    }

    private static <T> String value(Configured<?> configured, Option<T> option) {
        return option.print(configured.value(option));
    }

    /** Quotes what would not be read back as one value. */
    private static String quoted(String value) {
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> Character.isWhitespace(c) || "()='\"".indexOf(c) >= 0);
        if (plain) {
            return value;
        }
        char quote = value.indexOf('\'') < 0 ? '\'' : '"';
        return quote + value + quote;
    }
}
