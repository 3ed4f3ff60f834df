package dev.rondo.cli;

import dev.rondo.core.data.Scaling;
import dev.rondo.core.trace.InitPreset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Enum constants as people type them: in lower case with hyphens. */
final class Word {
    private Word() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Lets {@code line} and its subcommands read such words. */
    static CommandLine readBy(CommandLine line) {
        return line.registerConverter(Scaling.class, text -> read(Scaling.class, text))
                .registerConverter(InitPreset.class, text -> read(InitPreset.class, text))
                .registerConverter(TrainOptions.Head.class, text -> read(TrainOptions.Head.class, text));
    }

    private static <E extends Enum<E>> E read(Class<E> type, String text) {
        String plain = text.replace('_', '-');
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> of(each).equalsIgnoreCase(plain))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + all(type)));
    }

    private static <E extends Enum<E>> String all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Word::of).collect(Collectors.joining(", "));
    }

    /** For help texts. */
    static final class Inits implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(InitPreset.values()).map(Word::of).iterator();
        }
    }

    /** For help texts. */
    static final class Scalings implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Scaling.values()).map(Word::of).iterator();
        }
    }
}
