package dev.rondo.cli;

import dev.rondo.api.device.DeviceException;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.files.Json;
import dev.rondo.core.files.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code rondo train}: from a series to a model, with figures beside those of forecasts that need no model. */
@Command(
        name = "train",
        description = "Trains a model on a series and compares it with simple forecasts.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = TrainOptions.Standard.class)
final class TrainCommand implements Callable<Integer> {
    private static final String RUNS = "runs";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @ArgGroup(exclusive = true)
    private @Nullable Place place;

    @Option(
            names = "--future",
            paramLabel = "STEPS",
            description = "Also forecast so many steps behind the end of the series, outputs fed back.")
    private int future;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--json", description = "Print one line of JSON instead of tables.")
    private boolean json;

    /** Where the run is kept. */
    private static final class Place {
        @Option(names = "--runs", paramLabel = "DIR", description = "Folder for the run's folder (" + RUNS + ").")
        private @Nullable Path runs;

        @Option(names = "--out", paramLabel = "DIR", description = "The run's folder itself; new or empty.")
        private @Nullable Path out;

        @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the run in this folder, as it was.")
        private @Nullable Path resume;
    }

    @Override
    public Integer call() {
        engine.apply();
        if (future < 0) {
            throw new UsageException("--future " + future + ": at least 1 step, or 0 for none");
        }
        Path resumed = place == null ? null : place.resume;
        TrainOptions wanted = options;
        RunDirectory directory = null;
        if (resumed != null) {
            refuseOptions();
            directory = RunDirectory.open(resumed);
            engine.goOn(directory, main.rondo());
            wanted = TrainOptions.recorded(directory);
            if (!spec.commandLine().getParseResult().hasMatchedOption("--future")) {
                future = Training.recordedFuture(directory);
            }
        } else {
            ParseResult typed = spec.commandLine().getParseResult();
            TrainOptions.requireGenerator(main.rondo(), options.data(), typed);
            if (typed.hasMatchedOption("--optim")) {
                options.requireOneRate();
            }
        }
        Training training = new Training(main, wanted, future, json);
        if (directory == null) {
            directory = directory(training.name());
        }
        training.introduce(spec.commandLine().getParseResult().matchedOptions().isEmpty());
        Optional<Outcome> outcome;
        boolean interrupted;
        try (Interrupt interrupt = new Interrupt(main.err())) {
            outcome = training.run(directory, resumed != null, interrupt::requested);
            interrupted = interrupt.requested();
        } catch (DeviceException e) {
            throw new DeviceException(e.getMessage() + goingOn(directory, e.isOutOfMemory()));
        }
        if (json) {
            outcome.ifPresent(each -> main.out().println(Json.line(each.asMap())));
        }
        if (!interrupted) {
            return ExitCode.OK;
        }
        if (outcome.isEmpty()) {
            main.err().println("no epoch is done, so there is no model yet");
        }
        main.err()
                .println("to go on: "
                        + Shell.command(List.of("--resume", directory.path().toString())));
        return Interrupt.EXIT_CODE;
    }

    /** What is left of a run whose device failed, or is too small. */
    private static String goingOn(RunDirectory directory, boolean small) {
        String resume =
                Shell.command(List.of("--resume", directory.path().toString(), "--device", small ? "auto" : "cpu"));
        return "\n  "
                + (Files.exists(directory.checkpoint()) ? "the checkpoint is kept; " : "there is no checkpoint yet; ")
                + (small
                        ? "to leave what does not fit to the CPU: " + resume
                                + "\n  a new run with a smaller --seq-len or --batch-size needs less memory"
                        : "to go on without the device: " + resume);
    }

    private RunDirectory directory(String name) {
        if (place != null && place.out != null) {
            return RunDirectory.claim(place.out);
        }
        Path runs = place == null || place.runs == null ? Path.of(RUNS) : place.runs;
        return RunDirectory.create(runs, LocalDateTime.now(ZoneId.systemDefault()), name);
    }

    /** A resumed run is the run that was begun; other options would make it another. */
    private void refuseOptions() {
        List<String> own = new ArrayList<>(List.of("--resume", "--json", "--future", "--verbose"));
        own.addAll(EngineOptions.NAMES);
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!own.contains(option.longestName())) {
                throw new UsageException("--resume goes on with the options that the run began with; leave out "
                        + option.longestName() + ", or begin a new run with it");
            }
        }
    }
}
