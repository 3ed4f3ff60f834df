package dev.rondo.core.trace;

import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.spi.Plugin;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the line of a plugin that wrote what does not fit. */
public final class SourceLine {
    private SourceLine() {}

    /**
     * The line in parentheses behind a blank; empty if the plugin was not running.
     *
     * @param tracers further classes that run the plugin's methods; their frames are passed over
     */
    public static String of(ExpressionException wrong, Plugin plugin, Class<?>... tracers) {
        Set<String> passed = Arrays.stream(tracers).map(Class::getName).collect(Collectors.toSet());
        String name = outermost(plugin.getClass().getName());
        String line = "";
        for (StackTraceElement frame : wrong.getStackTrace()) {
            String type = frame.getClassName();
            if (line.isEmpty() && !ofTheLanguage(type) && !passed.contains(outermost(type))) {
                line = " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
            if (outermost(type).equals(name)) {
                return line; // what called the plugin says nothing
            }
        }
        return "";
    }

    private static boolean ofTheLanguage(String type) {
        return type.startsWith("dev.rondo.api.")
                || type.startsWith("dev.rondo.core.trace.")
                || type.startsWith("java.")
                || type.startsWith("kotlin.");
    }

    private static String outermost(String type) {
        int inner = type.indexOf('$');
        return inner < 0 ? type : type.substring(0, inner);
    }
}
