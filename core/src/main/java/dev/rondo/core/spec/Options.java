package dev.rondo.core.spec;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be set behind a plugin's name. */
public final class Options {
    private Options() {}

    /** The declared options, behind the learning rate where there is one. */
    public static List<Option<?>> of(Descriptor descriptor) {
        List<Option<?>> options = new ArrayList<>();
        LearningRate.option(descriptor).ifPresent(options::add);
        options.addAll(descriptor.options());
        return options;
    }

    /** The option with this key, whatever the case of its letters. */
    public static Optional<Option<?>> find(Descriptor descriptor, String key) {
        for (Option<?> option : of(descriptor)) {
            if (option.key().equalsIgnoreCase(key)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** One option for lists: {@code kernel-size=2 (whole number from 1)}. */
    public static String line(Option<?> option) {
        return setting(option) + " (" + option.kind() + ")";
    }

    /** The option with its default: {@code kernel-size=2}. */
    public static String setting(Option<?> option) {
        return option.key() + "=" + standard(option);
    }

    /** Whether the value is the spec of an activation. */
    public static boolean isActivation(Option<?> option) {
        return option.kind().equals("activation");
    }

    private static <T> String standard(Option<T> option) {
        return option.print(option.defaultValue());
    }
}
