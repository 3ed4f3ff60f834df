package dev.rondo.core.registry;

/**
 * A plugin that was announced but could not be loaded.
 *
 * @param origin the JAR that announces it
 * @param plugin name of its class, or of the services file where that could not be read
 * @param cause what loading it threw
 */
public record Failure(Origin origin, String plugin, Throwable cause) {
    /** One line: where, which, why. */
    public String message() {
        return origin + ": " + plugin + " could not be loaded: " + reason();
    }

    /** The innermost reason, in words. */
    public String reason() {
        Throwable last = cause;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        String kind = last.getClass().getSimpleName();
        return last.getMessage() == null ? kind : kind + ": " + last.getMessage();
    }
}
