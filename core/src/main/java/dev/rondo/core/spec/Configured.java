package dev.rondo.core.spec;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import java.util.List;
import java.util.Map;

/**
 * One use of a plugin as a spec words it: {@code Zoneout(GRU_32)_p=.1}.
 *
 * @param plugin what is used
 * @param size number of units, 0 where the plugin takes none
 * @param options values of options that differ from their default; the keys are the plugin's own constants
 * @param wrapped what stands in parentheses
 * @param argument path behind a colon, empty where there is none
 */
public record Configured<P extends Plugin>(
        P plugin, int size, Map<Option<?>, Object> options, List<Configured<?>> wrapped, String argument) {

    public Configured {
        options = Map.copyOf(options);
        wrapped = List.copyOf(wrapped);
    }

    /** The plugin alone, with the defaults of its options. */
    public static <P extends Plugin> Configured<P> of(P plugin) {
        return new Configured<>(plugin, 0, Map.of(), List.of(), "");
    }

    public String name() {
        return plugin.describe().name();
    }

    /** The value of {@code option}: the one that the spec says, else the default. */
    @SuppressWarnings("unchecked") // the binder puts values of the option's own type only
    public <T> T value(Option<T> option) {
        return (T) options.getOrDefault(option, option.defaultValue());
    }

    /** The spec that says this, in its shortest form; parsing it gives an equal use. */
    public String spec() {
        return SpecWriter.write(this);
    }

    @Override
    public String toString() {
        return spec();
    }
}
