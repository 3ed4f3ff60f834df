package dev.rondo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code rondo} command. */
@Command(
        name = "rondo",
        description = "Recurrent networks whose every cell, activation and optimiser is written as equations.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(Main.class).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** What {@code --version} prints: our version, as the JAR states it, and the JVM. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String ours = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "rondo " + (ours == null ? "(run from class files)" : ours),
                "JVM " + Runtime.version() + " (${java.vendor})"
            };
        }
    }
}
