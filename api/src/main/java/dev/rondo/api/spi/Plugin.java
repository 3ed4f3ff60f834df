package dev.rondo.api.spi;

/**
 * Something that users name: a layer, an activation, an optimiser, a source of series.
 *
 * <p>Plugins are found by {@link java.util.ServiceLoader}, need a public constructor without parameters and hold no state:
 * sizes, options, parameters and seeds come from the scope that is passed to their methods.
 */
public interface Plugin {
    /** Name, source, options; the same at every call. */
    Descriptor describe();
}
