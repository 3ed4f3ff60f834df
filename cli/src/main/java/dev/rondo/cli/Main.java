package dev.rondo.cli;

import dev.rondo.core.Rondo;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code rondo} command. */
@Command(
        name = "rondo",
        description = "Recurrent networks whose every cell, activation and optimiser is written as equations.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            TrainCommand.class,
            CompareCommand.class,
            PredictCommand.class,
            PluginsCommand.class,
            DescribeCommand.class,
            DataCommand.class,
            NewCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "`rondo COMMAND --help` explains a command. Exit codes: 0 done, 1 failed, 2 wrong usage, "
                    + Interrupt.EXIT_CODE + " ended by Ctrl-C."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more; print stack traces of errors.")
    private boolean verbose;

    private final PrintStream out;
    private final PrintStream err;
    private @Nullable Rondo rondo;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(out, err, args);
        out.flush();
        System.exit(status);
    }

    /** Runs one command; the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        Main main = new Main(out, err);
        CommandLine line = new CommandLine(main);
        Failures failures = new Failures(main);
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpAutoWidth(true);
        Word.readBy(line);
        CompareCommand.hideListed(Objects.requireNonNull(line.getSubcommands().get("compare")));
        try {
            return line.execute(Spelling.hyphens(args));
        } catch (OutOfMemoryError error) { // no Exception, so picocli lets it pass
            return failures.handleMemory(error);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: " + String.join(", ", names()));
    }

    private Iterable<String> names() {
        return spec.subcommands().keySet();
    }

    /** For results. */
    PrintStream out() {
        return out;
    }

    /** For progress, notes and errors. */
    PrintStream err() {
        return err;
    }

    /** For what nobody reads. */
    static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    boolean verbose() {
        return verbose;
    }

    /** The library with the plugins of the class path; what could not be loaded is said once. */
    Rondo rondo() {
        if (rondo == null) {
            rondo = Rondo.create();
            String plugins = System.getProperty("rondo.plugins");
            if (plugins != null) {
                PluginFolder.problems(Path.of(plugins), System.getenv("RONDO_PLUGINS"))
                        .forEach(problem -> err.println("rondo: " + problem));
            }
            rondo.registry().failures().forEach(failure -> err.println("rondo: " + failure.message()));
        }
        return rondo;
    }

    /** What {@code --version} prints: our version, as the JAR states it, and the JVM. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rondo " + ours(), "JVM " + Runtime.version() + " (${java.vendor})"};
        }

        static String ours() {
            String ours = Main.class.getPackage().getImplementationVersion();
            return ours == null ? "(run from class files)" : ours;
        }
    }
}
