package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Uses of a plugin that tests try: its example with one option changed at a time, everything small. */
final class Variants {
    private Variants() {}

    /** {@code stack} with layers of {@code units} units. */
    static List<Configured<?>> sized(List<Configured<?>> stack, int units) {
        List<Configured<?>> sized = new ArrayList<>();
        stack.forEach(each -> sized.add(sized(each, units)));
        return sized;
    }

    private static <P extends Plugin> Configured<P> sized(Configured<P> each, int units) {
        return new Configured<>(
                each.plugin(),
                each.size() > 0 ? units : 0,
                each.options(),
                sized(each.wrapped(), units),
                each.argument());
    }

    /** {@code stack} with other values for the options of {@code type}, one at a time. */
    static List<List<Configured<?>>> of(List<Configured<?>> stack, Class<? extends Plugin> type) {
        List<List<Configured<?>>> variants = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            Configured<?> each = stack.get(i);
            if (each.plugin().getClass() == type) {
                for (Option<?> option : each.plugin().describe().options()) {
                    for (Object value : others(option, each.value(option))) {
                        List<Configured<?>> variant = new ArrayList<>(stack);
                        variant.set(i, with(each, option, value));
                        variants.add(variant);
                    }
                }
            }
        }
        return variants;
    }

    /** {@code stack} with the real options of {@code type} at either end of their range, one at a time. */
    static List<List<Configured<?>>> ends(List<Configured<?>> stack, Class<? extends Plugin> type) {
        List<List<Configured<?>>> all = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            if (stack.get(i).plugin().getClass() == type) {
                for (Configured<?> end : ends(stack.get(i))) {
                    List<Configured<?>> variant = new ArrayList<>(stack);
                    variant.set(i, end);
                    all.add(variant);
                }
            }
        }
        return all;
    }

    /** {@code use} with each of its real options at either end of its range, one at a time. */
    static <P extends Plugin> List<Configured<P>> ends(Configured<P> use) {
        List<Configured<P>> ends = new ArrayList<>();
        for (Option<?> option : use.plugin().describe().options()) {
            if (option.defaultValue() instanceof Double) {
                DoubleStream.of(option.least(), option.most())
                        .filter(Double::isFinite)
                        .forEach(end -> ends.add(with(use, option, end)));
            }
        }
        return ends;
    }

    /** Checks that a plugin refused a variant on purpose, by {@code require}, and not because its equations do not fit. */
    static void checkRefusal(List<? extends Configured<?>> variant, UsageException refused) {
        assertThat(refused.getCause())
                .as("%s cannot be built, and says no reason by require: %s", variant, refused.getMessage())
                .isNull();
    }

    private static <P extends Plugin> Configured<P> with(Configured<P> each, Option<?> option, Object value) {
        Map<Option<?>, Object> options = new HashMap<>(each.options());
        options.put(option, value);
        return new Configured<>(each.plugin(), each.size(), options, each.wrapped(), each.argument());
    }

    private static List<Object> others(Option<?> option, Object now) {
        List<String> texts = new ArrayList<>();
        if (now instanceof Boolean flag) {
            texts.add(Boolean.toString(!flag));
        } else if (now instanceof Enum<?>) {
            texts.addAll(List.of(option.kind().split(" \\| ")));
        } else if (now instanceof Integer number) {
            texts.addAll(List.of(Integer.toString(number - 1), Integer.toString(number + 1)));
        } else if (option.kind().equals("activation")) {
            texts.addAll(List.of("tanh", "identity"));
        } else if (now instanceof Double number) {
            texts.addAll(List.of(Double.toString(number / 2), Double.toString(number + 0.25)));
        }
        List<Object> values = new ArrayList<>();
        for (String text : texts) {
            parse(option, text).filter(value -> !value.equals(now)).ifPresent(values::add);
        }
        return values;
    }

    private static java.util.Optional<Object> parse(Option<?> option, String text) {
        try {
            return java.util.Optional.of(option.parse(text));
        } catch (IllegalArgumentException outOfRange) {
            return java.util.Optional.empty();
        }
    }
}
