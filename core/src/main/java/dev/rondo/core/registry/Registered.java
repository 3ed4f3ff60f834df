package dev.rondo.core.registry;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin that was found, under its own name or that of a {@linkplain Descriptor.Preset preset}.
 *
 * @param descriptor as the plugin described itself, or its preset, at start-up
 * @param settings values of options that a preset sets; empty under the plugin's own name
 */
public record Registered<P extends Plugin>(
        Kind<P> kind, P plugin, Descriptor descriptor, Origin origin, Map<Option<?>, Object> settings) {

    public Registered {
        settings = Map.copyOf(settings);
    }

    /** A plugin under its own name. */
    public Registered(Kind<P> kind, P plugin, Descriptor descriptor, Origin origin) {
        this(kind, plugin, descriptor, origin, Map.of());
    }

    public String name() {
        return descriptor.name();
    }

    /** Whether this is a further name of a plugin. */
    public boolean isPreset() {
        return !settings.isEmpty();
    }

    /**
     * The further names of this plugin.
     *
     * @throws IllegalArgumentException if a preset sets an option that the plugin lacks, or to what is no value of it
     */
    public List<Registered<P>> presets() {
        List<Registered<P>> presets = new ArrayList<>();
        for (Descriptor.Preset preset : descriptor.presets()) {
            Map<Option<?>, Object> values = new LinkedHashMap<>();
            for (String setting : preset.settings()) {
                String[] parts = setting.split("=", 2);
                Option<?> option = descriptor.options().stream()
                        .filter(each -> each.key().equals(parts[0]))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the preset " + preset.descriptor().name() + " sets '" + parts[0]
                                        + "', which is no option of " + name()));
                values.put(option, option.parse(parts[1]));
            }
            presets.add(new Registered<>(kind, plugin, preset.descriptor(), origin, values));
        }
        return presets;
    }
}
