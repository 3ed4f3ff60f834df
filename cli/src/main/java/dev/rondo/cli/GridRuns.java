package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.files.AtomicFile;
import dev.rondo.core.files.FolderLock;
import dev.rondo.core.files.Json;
import dev.rondo.core.files.RunDirectory;
import dev.rondo.core.train.DivergedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a grid, each in a folder of its own beneath the comparison's; what is complete is not trained again.
 *
 * <p>Several runs go on at once, each on one thread. Their results do not depend on how many.
 */
final class GridRuns {
    private static final String RESULT = "result.json";
    private static final String FAILURE = "failure";

    private final Main main;
    private final Grid grid;
    private final TrainOptions options;
    private final Path folder;
    /** Results of runs that failed for reasons that lie outside of them. */
    private final Map<Path, Map<String, Object>> troubles = new ConcurrentHashMap<>();

    /** A run's folder and what came of it, absent while it is not complete. */
    record Run(Path folder, @Nullable Map<String, Object> result) {
        /** As {@code seed-1}. */
        String name() {
            return String.valueOf(folder.getFileName());
        }
    }

    /** The runs of one entry, by seed. */
    record Row(Grid.Entry entry, List<Run> runs) {}

    GridRuns(Main main, Grid grid, TrainOptions options, Path folder) {
        this.main = main;
        this.grid = grid;
        this.options = options;
        this.folder = folder;
    }

    /**
     * Takes the folder, or goes on with the comparison that it holds.
     *
     * @return what keeps other processes out of it
     * @throws DataException if it holds anything else
     */
    FolderLock begin() {
        Path description = folder.resolve("comparison.json");
        String wanted = Json.pretty(description());
        try {
            Files.createDirectories(folder);
            if (!Files.exists(description)) {
                requireEmpty();
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            if (Files.exists(description)) {
                if (!Files.readString(description).equals(wanted)) {
                    throw new DataException(folder + " holds another comparison: its comparison.json differs in lists,"
                            + " seeds, schedules or training options; name a new folder");
                }
            } else {
                AtomicFile.write(description, wanted);
            }
            return lock;
        } catch (IOException e) {
            lock.close();
            throw unusable(e);
        } catch (DataException e) {
            lock.close();
            throw e;
        }
    }

    private void requireEmpty() throws IOException {
        try (var content = Files.list(folder)) {
            if (content.anyMatch(each -> !FolderLock.isLock(each))) {
                throw new DataException(folder + " is not empty; a comparison needs a folder of its own");
            }
        }
    }

    private DataException unusable(IOException e) {
        return new DataException("cannot use " + folder + ": " + AtomicFile.reason(e), e);
    }

    private Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("entries", grid.entries().stream().map(this::words).toList());
        description.put("seeds", grid.seeds());
        Grid.Entry first = grid.entries().get(0);
        description.put(
                "options",
                Shell.command(options.with(first.layers(), first.optimizer(), "", "", 0)
                        .arguments()));
        return description;
    }

    private Map<String, String> words(Grid.Entry entry) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("layers", entry.layers());
        words.put("optimizer", entry.optimizer());
        words.put("sigmoid", entry.sigmoid());
        words.put("tanh", entry.tanh());
        words.put("schedule", schedule(entry));
        return words;
    }

    /** The schedule that the entry's runs follow; empty where they are refused because of it. */
    private String schedule(Grid.Entry entry) {
        try {
            return main.rondo()
                    .schedule(options.schedule(), main.rondo().optimizer(entry.optimizer()))
                    .spec();
        } catch (UsageException refused) {
            return "";
        }
    }

    private Path folder(int entry, long seed) {
        return folder.resolve(grid.entries().get(entry).folder(entry)).resolve("seed-" + seed);
    }

    /** Trains what is not complete, so many runs at a time. */
    void train(int jobs, BooleanSupplier stop) {
        List<Runnable> waiting = new ArrayList<>();
        Progress progress = new Progress(grid.entries().size() * grid.seeds().size());
        try (Bar bar = Bar.of(main.err(), "comparing", progress.all)) {
            for (int i = 0; i < grid.entries().size(); i++) {
                for (long seed : grid.seeds()) {
                    Path place = folder(i, seed);
                    Grid.Entry entry = grid.entries().get(i);
                    if (Files.exists(place.resolve(RESULT))) {
                        progress.done++;
                    } else {
                        waiting.add(() -> {
                            Map<String, Object> result = stop.getAsBoolean() ? null : train(entry, seed, place, stop);
                            if (result != null) {
                                progress.tell(bar, entry, seed, result);
                            }
                        });
                    }
                }
            }
            if (progress.done > 0) {
                bar.line(progress.done + " of " + progress.all + " runs are complete already");
                bar.to(progress.done);
            }
            together(waiting, jobs);
        }
    }

    private static void together(List<Runnable> tasks, int jobs) {
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(workers.submit(task)));
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            if (e.getCause() instanceof Error problem) { // as if one's own thread were out of memory
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing", e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** The result of one run, which is the reason if it cannot be trained; null if it was stopped. */
    private @Nullable Map<String, Object> train(Grid.Entry entry, long seed, Path place, BooleanSupplier stop) {
        Map<String, Object> result;
        try {
            TrainOptions own = options.with(entry.layers(), entry.optimizer(), entry.sigmoid(), entry.tanh(), seed);
            boolean begun = Files.exists(place.resolve("config.json"));
            // A main of its own: an engine of one thread, and nobody to talk to.
            Training training = new Training(new Main(Main.silent(), Main.silent()), own, 0, false);
            RunDirectory directory = begun ? RunDirectory.open(place) : RunDirectory.claim(place);
            double before = processorSeconds();
            Optional<Outcome> outcome = training.run(directory, begun, stop);
            double taken = processorSeconds() - before;
            if (stop.getAsBoolean()) {
                return null;
            }
            result = outcome.orElseThrow().asMap();
            if (!begun && !Double.isNaN(taken)) {
                result.put("seconds", taken); // runs at once do not slow this down, as they do the clock
            }
        } catch (UsageException | DivergedException e) {
            result = Map.of(FAILURE, firstLine(e));
        } catch (RuntimeException e) {
            // Not kept: it need not happen again, so the next call tries anew.
            result = Map.of(
                    FAILURE,
                    e instanceof DataException ? firstLine(e) : e.getClass().getSimpleName() + ": " + firstLine(e));
            troubles.put(place, result);
            if (main.verbose()) {
                e.printStackTrace(main.err());
            }
            return result;
        }
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new DataException("cannot make " + place + ": " + AtomicFile.reason(e), e);
        }
        AtomicFile.write(place.resolve(RESULT), Json.pretty(result));
        return result;
    }

    /** Of this thread, which alone works for a run; NaN where the JVM does not know. */
    private static double processorSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() / 1e9 : Double.NaN;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** How many runs failed. */
    long failures() {
        return rows().stream()
                .flatMap(row -> row.runs().stream())
                .map(Run::result)
                .filter(result -> result != null && !failure(result).isEmpty())
                .count();
    }

    /** What there is by now. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < grid.entries().size(); i++) {
            List<Run> runs = new ArrayList<>();
            for (long seed : grid.seeds()) {
                Path place = folder(i, seed);
                Map<String, Object> result = result(place);
                runs.add(new Run(place, result == null ? troubles.get(place) : result));
            }
            rows.add(new Row(grid.entries().get(i), runs));
        }
        return rows;
    }

    private static @Nullable Map<String, Object> result(Path place) {
        Path file = place.resolve(RESULT);
        try {
            return Files.exists(file) ? Json.object(Files.readString(file)) : null;
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + AtomicFile.reason(e), e);
        }
    }

    /** Why a run has no figures; empty if it has. */
    static String failure(Map<String, Object> result) {
        return result.get(FAILURE) instanceof String reason ? reason : "";
    }

    /** Counts the runs that are done and says how each went. */
    private static final class Progress {
        private final int all;
        private int done;

        Progress(int all) {
            this.all = all;
        }

        synchronized void tell(Bar bar, Grid.Entry entry, long seed, Map<String, Object> result) {
            done++;
            String failure = failure(result);
            String outcome = failure.isEmpty()
                    ? "test " + Figures.shortly(Figure.TEST.of(result)) + "  "
                            + Figures.shortly(Figure.SECONDS.of(result)) + " s"
                    : "failed: " + failure;
            bar.line(done + "/" + all + "  " + entry.layers() + "  " + entry.optimizer()
                    + (entry.sigmoid().isEmpty() ? "" : "  sigmoid " + entry.sigmoid())
                    + (entry.tanh().isEmpty() ? "" : "  tanh " + entry.tanh()) + "  seed " + seed + "  " + outcome);
            bar.to(done);
        }
    }
}
