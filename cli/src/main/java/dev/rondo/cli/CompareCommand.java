package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.RondoModule;
import dev.rondo.core.files.AtomicFile;
import dev.rondo.core.files.FolderLock;
import dev.rondo.core.files.Json;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code rondo compare}: cells, optimisers and gates in all combinations, each with several seeds, as one table. */
@Command(
        name = "compare",
        description = {
            "Trains every combination of cells, optimisers and gates with several seeds and compares the test figures.",
            "Complete runs of --out are kept, so the same command goes on where it was stopped."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = TrainOptions.Standard.class)
final class CompareCommand implements Callable<Integer> {
    /** Options of one run that are lists here. */
    private static final List<String> LISTED = List.of("--layers", "--optim", "--lr", "--sigmoid", "--tanh", "--refit");

    /** Key and value by which files of figures are told from those of others. */
    private static final String WRITER = "writtenBy";

    private static final String OURS = "rondo compare";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cells",
            required = true,
            paramLabel = "SPEC,…",
            description = "Cells or whole stacks, separated by commas, as in LSTM,GRU_32,'SRU_50 SRU_50'.")
    private String cells;

    @Option(
            names = "--optims",
            paramLabel = "SPEC,…",
            description = "Optimisers with their options, separated by commas (" + Defaults.OPTIMIZER + ").")
    private String optims = Defaults.OPTIMIZER;

    @Option(
            names = "--sigmoids",
            paramLabel = "SPEC,…",
            description = "Activations in place of the cells' sigmoid, separated by commas.")
    private String sigmoids = "";

    @Option(
            names = "--tanhs",
            paramLabel = "SPEC,…",
            description = "Activations in place of the cells' tanh, separated by commas.")
    private String tanhs = "";

    @Option(names = "--seeds", description = "How many seeds each combination is trained with, from --seed on (3).")
    private int seeds = 3;

    @Option(names = "--units", description = "Size of cells that are named without one (50).")
    private int units = 50;

    @Option(
            names = "--jobs",
            description = "How many runs go on at once, each on one thread (all cores); results do not depend on it.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the comparison (a new one in runs).")
    private @Nullable Path out;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Also write the table as a page in Markdown, and beside it, as .json, its figures.")
    private @Nullable Path markdown;

    @Option(names = "--title", description = "Title of the pages (Comparison).")
    private String title = "Comparison";

    @Option(names = "--json", description = "Print one line of JSON instead of the table.")
    private boolean json;

    @Mixin
    private TrainOptions options;

    /** Leaves what is refused out of the help. */
    static void hideListed(CommandLine compare) {
        CommandSpec spec = compare.getCommandSpec();
        for (String name : LISTED) {
            OptionSpec option = spec.findOption(name);
            spec.remove(option);
            spec.addOption(option.toBuilder().hidden(true).build());
        }
    }

    @Override
    public Integer call() {
        refuse();
        System.setProperty(RondoModule.THREADS, "1");
        System.setProperty(RondoModule.DEVICE, "cpu"); // times are the processor's
        List<Long> all =
                LongStream.range(options.seed(), options.seed() + seeds).boxed().toList();
        Errors errors = new Errors();
        Configured<SeriesSource> source = errors.collect(() -> main.rondo().source(options.data()));
        Grid read = errors.collect(() -> Grid.of(main.rondo(), cells, optims, sigmoids, tanhs, units, all));
        Training.checkSettings(main.rondo(), options, errors);
        errors.throwIfAny();
        Grid grid = Errors.present(read);
        Training.data(
                Errors.present(source),
                options.copy(),
                main.err()::println); // wrong data are told once, not for every run
        GridRuns runs = new GridRuns(main, grid, options, folder());
        boolean stopped;
        try (FolderLock alone = runs.begin();
                Interrupt interrupt =
                        new Interrupt(main.err(), "stopping: runs that are not complete keep their checkpoints")) {
            runs.train(jobs, interrupt::requested);
            stopped = interrupt.requested();
            write(runs.rows());
        }
        if (stopped) {
            main.err()
                    .println("stopped before all runs were complete; the same command with --out " + folder()
                            + " goes on");
            return Interrupt.EXIT_CODE;
        }
        long failed = runs.failures();
        if (failed > 0) {
            main.err()
                    .println("runs that failed: " + failed + " of "
                            + grid.entries().size() * seeds + "; the last column says why");
        }
        return failed > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void refuse() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (LISTED.contains(option.longestName())) {
                throw new UsageException("compare takes lists (--cells, --optims, --sigmoids, --tanhs) and no "
                        + option.longestName() + ", which is for one run of train");
            }
        }
        TrainOptions.requireGenerator(
                main.rondo(), options.data(), spec.commandLine().getParseResult());
        Count.require("--seeds", seeds);
        Count.require("--units", units);
        Count.require("--jobs", jobs);
        if (markdown != null) {
            requireOurs(markdown, CompareCommand::isPage);
            requireOurs(figures(markdown), CompareCommand::isFigures);
        }
    }

    /** A page may be written again, but nothing else may be lost. */
    private static void requireOurs(Path page, Predicate<String> ours) {
        Path parent = page.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new DataException("--markdown " + page + ": there is no folder " + parent);
        }
        try {
            if (Files.exists(page) && !ours.test(Files.readString(page))) {
                throw new DataException(page + " is there already and is no page of rondo compare; name a new file");
            }
        } catch (IOException problem) {
            throw new DataException("cannot read " + page + ": " + AtomicFile.reason(problem), problem);
        }
    }

    private static boolean isPage(String text) {
        return text.lines().findFirst().filter(ComparisonPages.MARK::equals).isPresent();
    }

    private static boolean isFigures(String text) {
        try {
            return OURS.equals(Json.object(text).get(WRITER));
        } catch (JacksonException otherwise) {
            return false;
        }
    }

    /** The file of figures that belongs to {@code page}. */
    private static Path figures(Path page) {
        return page.resolveSibling(String.valueOf(page.getFileName()).replaceFirst("\\.md$", "") + ".json");
    }

    private Path folder() {
        Path named = out;
        if (named == null) {
            String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                    .format(LocalDateTime.now(ZoneId.systemDefault()));
            named = Path.of("runs", time + "-compare");
            out = named;
        }
        return named;
    }

    private void write(List<GridRuns.Row> rows) {
        ComparisonTable table = new ComparisonTable(rows);
        ComparisonPages pages = new ComparisonPages(command(), facts(), rows);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(WRITER, OURS);
        all.put("command", command());
        all.put("facts", facts());
        all.putAll(table.asMap());
        AtomicFile.write(folder().resolve("table.json"), Json.pretty(all));
        AtomicFile.write(folder().resolve("runs.csv"), table.csv());
        AtomicFile.write(folder().resolve("report.html"), pages.html(title));
        Path page = markdown;
        if (page != null) {
            AtomicFile.write(page, pages.markdown(title));
            AtomicFile.write(figures(page), Json.pretty(all));
        }
        if (json) {
            main.out().println(Json.line(all));
            return;
        }
        table.text().print(main.out(), "");
        main.out().println();
        table.baselines()
                .forEach((name, figure) -> main.out().println("baseline " + name + "  " + Figures.shortly(figure)));
        main.out().println();
        main.out().println("report  " + folder().resolve("report.html"));
    }

    /** The command without what concerns only this machine and this time. */
    private String command() {
        List<String> arguments = new ArrayList<>();
        List<String> local = List.of("--out", "--jobs", "--json", "--markdown", "--title", "--verbose");
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!local.contains(option.longestName())) {
                arguments.add(option.longestName());
                if (option.arity().max() > 0) {
                    arguments.addAll(option.stringValues());
                }
            }
        }
        return Shell.command("compare", arguments);
    }

    private List<String> facts() {
        return List.of(
                "Data: " + options.data() + ", seeds " + options.seed() + " to " + (options.seed() + seeds - 1)
                        + "; a seed makes other series, other first weights and other draws.",
                "The test figure is the mean squared error in the data's own units (the loss, where targets are classes),"
                        + " of the epoch that was best on the validation part; test is the mean over the seeds.",
                "Budget of a run: " + budget()
                        + ", one thread; seconds are processor time of that thread, or time on the clock for a"
                        + " run that was interrupted.",
                "Rondo " + Main.Version.ours() + ", JVM " + Runtime.version().feature() + ", "
                        + main.rondo().engine().arithmetic() + ".");
    }

    private String budget() {
        List<String> all = options.arguments();
        String epochs = value(all, "--epochs");
        String seconds = value(all, "--max-seconds");
        return (epochs.isEmpty() ? "as many epochs as suit the data" : "at most " + epochs + " epochs")
                + (seconds.equals("0") ? "" : ", at most " + seconds + " s");
    }

    private static String value(List<String> arguments, String name) {
        int at = arguments.indexOf(name);
        return at < 0 ? "" : arguments.get(at + 1);
    }
}
