package dev.rondo.cli;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Defaults;
import dev.rondo.core.spec.Options;
import java.util.List;
import java.util.stream.Collectors;

/** What a plugin's descriptor says, as people read it. */
final class PluginFacts {
    private PluginFacts() {}

    /** How it is written: {@code Zoneout(SPEC)[_p=…]}. */
    static String form(Registered<?> plugin) {
        Descriptor descriptor = plugin.descriptor();
        String wraps = descriptor.mostWrapped() == 0 ? "" : descriptor.mostWrapped() == 1 ? "(SPEC)" : "(SPEC …)";
        String size = switch (descriptor.size()) {
            case NONE -> "";
            case OPTIONAL -> "[_SIZE]";
            case REQUIRED -> "_SIZE";
        };
        boolean path = plugin.plugin() instanceof SeriesSource source && source.readsFile();
        String keys = Options.of(descriptor).stream()
                .map(option -> "[_" + option.key() + "=…]")
                .collect(Collectors.joining());
        return plugin.name() + wraps + (path ? ":PATH" : "") + size + keys;
    }

    /** What a preset stands for: {@code LSTM_peephole=true}. */
    static String meaning(Registered<?> preset) {
        return new Configured<>(preset.plugin(), 0, preset.settings(), List.of(), "").spec();
    }

    /** How the learning rate of an optimiser changes where the user names no schedule. */
    static String schedule(Descriptor optimizer) {
        return optimizer.learningRate().isEmpty()
                ? "none, it sets its learning rate itself"
                : Defaults.schedule(optimizer) + ", unless --schedule names another";
    }
}
