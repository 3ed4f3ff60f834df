package dev.rondo.core.registry;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Plugin;

/**
 * A plugin that was found.
 *
 * @param descriptor as the plugin described itself at start-up
 */
public record Registered<P extends Plugin>(Kind<P> kind, P plugin, Descriptor descriptor, Origin origin) {
    public String name() {
        return descriptor.name();
    }
}
