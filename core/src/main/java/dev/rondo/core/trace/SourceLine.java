package dev.rondo.core.trace;

import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.spi.Plugin;

/** Finds the line of a plugin that wrote what does not fit. */
final class SourceLine {
    private SourceLine() {}

    /** The line in parentheses behind a blank; empty if the plugin was not running. */
    static String of(ExpressionException wrong, Plugin plugin) {
        String name = outermost(plugin.getClass().getName());
        String line = "";
        for (StackTraceElement frame : wrong.getStackTrace()) {
            String type = frame.getClassName();
            boolean ofThePlugin = outermost(type).equals(name);
            if (line.isEmpty() && (ofThePlugin || !ours(type))) {
                line = " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
            if (ofThePlugin) {
                return line; // what called the plugin says nothing
            }
        }
        return "";
    }

    /** Whether the language, or what runs its equations, stands between the error and the line that is to blame. */
    private static boolean ours(String type) {
        return type.startsWith("dev.rondo.api.")
                || type.startsWith("dev.rondo.core.")
                || type.startsWith("java.")
                || type.startsWith("kotlin.");
    }

    private static String outermost(String type) {
        int inner = type.indexOf('$');
        return inner < 0 ? type : type.substring(0, inner);
    }
}
