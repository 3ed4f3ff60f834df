package dev.rondo.core.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;

/**
 * Where a plugin comes from.
 *
 * @param location path of a JAR or of a folder of classes
 * @param version what the JAR's manifest says, empty where it says nothing
 */
public record Origin(String location, String version) {
    /** Plugins that an application hands in itself. */
    public static final Origin APPLICATION = new Origin("the application", "");

    private static final Origin UNKNOWN = new Origin("an unknown place", "");

    /** The origin of a class. */
    public static Origin of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return UNKNOWN;
        }
        return new Origin(
                path(source.getLocation()),
                Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), ""));
    }

    /** The JAR or folder that holds the services file at {@code url}. */
    static Origin ofServicesFile(URL url) {
        String text = url.toString();
        int end = text.indexOf("META-INF/services/");
        String holder = end < 0 ? text : text.substring(0, end);
        if (holder.startsWith("jar:")) {
            holder = holder.substring("jar:".length());
        }
        if (holder.endsWith("!/")) {
            holder = holder.substring(0, holder.length() - 2);
        }
        return new Origin(path(holder), "");
    }

    /** The last part of the path, for messages that name many. */
    public String file() {
        return location.substring(Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\')) + 1);
    }

    @Override
    public String toString() {
        return location;
    }

    private static String path(URL url) {
        return path(url.toString());
    }

    private static String path(String url) {
        try {
            URI uri = new URI(url);
            return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : url;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return url; // a class loader's own scheme: shown as it is
        }
    }
}
