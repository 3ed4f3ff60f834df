package dev.rondo.core.registry;

import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All plugins, by kind and name, their presets among them; it never changes.
 *
 * <p>Names are compared without regard to case and shown as their plugins spell them.
 */
public final class Registry {
    private final Map<Kind<?>, Map<String, Registered<?>>> plugins;
    private final List<Registered<?>> all;
    private final List<Failure> failures;

    /**
     * A registry of {@code found}.
     *
     * @throws UsageException if two plugins of one name space have the same name
     */
    public Registry(Collection<? extends Registered<?>> found, Collection<Failure> failures) {
        List<Registered<?>> named = new ArrayList<>();
        for (Registered<?> each : found) {
            named.add(each);
            named.addAll(each.presets());
        }
        Map<String, Registered<?>> taken = new HashMap<>();
        Map<Kind<?>, Map<String, Registered<?>>> byKind = new HashMap<>();
        List<String> clashes = new ArrayList<>();
        for (Registered<?> each : named) {
            String name = fold(each.name());
            Registered<?> earlier = taken.putIfAbsent(each.kind().space() + ":" + name, each);
            if (earlier != null) {
                clashes.add(clash(earlier, each));
            }
            byKind.computeIfAbsent(each.kind(), kind -> new HashMap<>()).put(name, each);
        }
        if (!clashes.isEmpty()) {
            throw new UsageException(String.join("\n", clashes));
        }
        this.plugins = byKind;
        this.all = named.stream()
                .sorted(Comparator.<Registered<?>>comparingInt(
                                each -> Kind.all().indexOf(each.kind()))
                        .thenComparing(each -> fold(each.name())))
                .toList();
        this.failures = List.copyOf(failures);
    }

    /** What {@code loader} finds. */
    public static Registry of(ClassLoader loader) {
        Discovery discovery = Discovery.with(loader);
        return new Registry(discovery.found(), discovery.failures());
    }

    /** The plugin of this kind and name, whatever the case of its letters. */
    public <P extends Plugin> Optional<Registered<P>> find(Kind<P> kind, String name) {
        Registered<?> each = plugins.getOrDefault(kind, Map.of()).get(fold(name));
        return each == null ? Optional.empty() : Optional.of(cast(kind, each));
    }

    /** The plugins of every kind that are called {@code name}. */
    public List<Registered<?>> named(String name) {
        return all.stream().filter(each -> fold(each.name()).equals(fold(name))).toList();
    }

    /** All plugins, by kind, then by name. */
    public List<Registered<?>> all() {
        return all;
    }

    /** All plugins of one kind, by name. */
    public <P extends Plugin> List<Registered<P>> all(Kind<P> kind) {
        List<Registered<P>> result = new ArrayList<>();
        for (Registered<?> each : all) {
            if (each.kind().equals(kind)) {
                result.add(cast(kind, each));
            }
        }
        return List.copyOf(result);
    }

    /** What was announced but could not be loaded. */
    public List<Failure> failures() {
        return failures;
    }

    /** The places that plugins come from, each once, in the order of their paths. */
    public List<Origin> origins() {
        return all.stream()
                .map(Registered::origin)
                .distinct()
                .sorted(Comparator.comparing(Origin::location))
                .toList();
    }

    /** The form in which names are compared. */
    public static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String clash(Registered<?> one, Registered<?> other) {
        return "two plugins are called " + one.name() + (one.name().equals(other.name()) ? "" : " and " + other.name())
                + ":\n  " + one.kind() + " " + one.plugin().getClass().getName() + " in " + one.origin()
                + "\n  " + other.kind() + " " + other.plugin().getClass().getName() + " in " + other.origin()
                + "\n  remove one of the two JARs";
    }

    @SuppressWarnings("unchecked") // what is registered under a kind has the kind's type
    private static <P extends Plugin> Registered<P> cast(Kind<P> kind, Registered<?> each) {
        return (Registered<P>) each;
    }
}
