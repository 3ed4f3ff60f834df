package dev.rondo.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Commands as they are typed. */
final class Shell {
    private Shell() {}

    /** {@code rondo train} with these arguments, quoted where a shell would take them apart. */
    static String command(List<String> arguments) {
        return command("train", arguments);
    }

    /** {@code rondo} with a command and its arguments. */
    static String command(String command, List<String> arguments) {
        return arguments.stream().map(Shell::quoted).collect(Collectors.joining(" ", "rondo " + command + " ", ""));
    }

    /** The same with a line for each option. */
    static String lines(List<String> arguments) {
        return command(arguments).replaceAll(" --", " \\\\\n    --");
    }

    /** One argument, quoted where a shell would take it apart. */
    static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_=:./,+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
