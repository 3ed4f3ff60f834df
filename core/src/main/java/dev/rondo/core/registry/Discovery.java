package dev.rondo.core.registry;

import dev.rondo.api.spi.Plugin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@link ServiceLoader} finds with one class loader, and everything that it stumbles over.
 *
 * <p>A plugin that cannot be loaded leaves a {@link Failure} and does not keep the others from being found.
 */
public final class Discovery {
    /** A class loader that fails at every attempt would otherwise be asked for ever. */
    private static final int MOST_FAILURES_IN_A_ROW = 100;

    private final ClassLoader loader;
    private final List<Registered<?>> found = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    private Discovery(ClassLoader loader) {
        this.loader = loader;
    }

    /** Looks for plugins of every kind. */
    public static Discovery with(ClassLoader loader) {
        Discovery discovery = new Discovery(loader);
        for (Kind<?> kind : Kind.all()) {
            discovery.collect(kind);
        }
        return discovery;
    }

    public List<Registered<?>> found() {
        return Collections.unmodifiableList(found);
    }

    public List<Failure> failures() {
        return Collections.unmodifiableList(failures);
    }

    private <P extends Plugin> void collect(Kind<P> kind) {
        Iterator<Provider<P>> providers =
                ServiceLoader.load(kind.type(), loader).stream().iterator();
        for (int inARow = 0; inARow < MOST_FAILURES_IN_A_ROW; ) {
            Provider<P> provider;
            try {
                if (!providers.hasNext()) {
                    return;
                }
                provider = providers.next();
            } catch (ServiceConfigurationError | LinkageError e) {
                failures.add(unread(kind, e));
                inARow++;
                continue;
            }
            inARow = 0;
            load(kind, provider);
        }
    }

    private <P extends Plugin> void load(Kind<P> kind, Provider<P> provider) {
        Class<? extends P> type = provider.type();
        try {
            P plugin = provider.get();
            Registered<P> registered = new Registered<>(kind, plugin, plugin.describe(), Origin.of(type));
            registered.presets(); // one that cannot be is the plugin's failure, not the registry's
            found.add(registered);
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            failures.add(new Failure(Origin.of(type), type.getName(), e));
        }
    }

    /** Tells which services file made {@code error}, whose message names the file or the class. */
    private Failure unread(Kind<?> kind, Throwable error) {
        String message = String.valueOf(error.getMessage());
        String services = "META-INF/services/" + kind.type().getName();
        try {
            for (URL url : Collections.list(loader.getResources(services))) {
                if (message.contains(url.toString())) {
                    return new Failure(Origin.ofServicesFile(url), services, error);
                }
                String culprit = announced(url, message);
                if (culprit != null) {
                    return new Failure(Origin.ofServicesFile(url), culprit, error);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            error.addSuppressed(e);
        }
        return new Failure(new Origin("the class path", ""), kind.type().getSimpleName() + " plugin", error);
    }

    /** The class announced at {@code url} that {@code message} speaks of, or that cannot be linked. */
    private @Nullable String announced(URL url, String message) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // a cached JAR would stay open, and on Windows could not be replaced
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty() && (message.contains(name) || message.equals(linkage(name)))) {
                    return name;
                }
            }
        }
        return null;
    }

    /** The message of the error that loading {@code name} throws: a class that misses its own parent names only that. */
    private @Nullable String linkage(String name) {
        try {
            Class.forName(name, false, loader);
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return e.getMessage();
        }
    }
}
