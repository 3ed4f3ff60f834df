package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** The folder of one run: how it was started, its figures by epoch, its checkpoint and its model. */
public final class RunDirectory {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private static final String PROBE = ".probe";
    private static final String CONFIG = "config.json";

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes {@code runs/<time>-<name>}; a number is added where another run has taken the name in the same second.
     *
     * @param name any text; what should not stand in a file name becomes a hyphen
     */
    public static RunDirectory create(Path runs, LocalDateTime time, String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._=]+", "-").replaceAll("^[-.]+|-+$", "");
        String stem =
                TIME.format(time) + (plain.isEmpty() ? "" : "-" + plain.substring(0, Math.min(80, plain.length())));
        Path wanted = runs.resolve(stem);
        try {
            Files.createDirectories(runs);
            for (int again = 2; ; again++) {
                try {
                    return new RunDirectory(Files.createDirectory(wanted)).writable();
                } catch (FileAlreadyExistsException taken) {
                    wanted = runs.resolve(stem + "-" + again);
                }
            }
        } catch (FileAlreadyExistsException noFolder) {
            throw noFolder(runs, noFolder);
        } catch (IOException problem) {
            throw new DataException(
                    "cannot make the run directory " + wanted + ": " + AtomicFile.reason(problem), problem);
        }
    }

    /**
     * Takes a folder that the user named; it must be new or empty.
     *
     * @throws DataException if it holds a run or anything else
     */
    public static RunDirectory claim(Path path) {
        try {
            Files.createDirectories(path);
            try (Stream<Path> content = Files.list(path)) {
                List<Path> found =
                        content.filter(each -> !isRemnant(each)).sorted().toList();
                if (found.stream().anyMatch(each -> each.endsWith(CONFIG))) {
                    throw new DataException(path
                            + " already holds a run; name a new folder, or continue that run with --resume " + path);
                }
                if (!found.isEmpty()) {
                    throw new DataException(path + " is not empty ("
                            + found.get(0).getFileName() + "); a run needs a folder of its own");
                }
            }
        } catch (FileAlreadyExistsException noFolder) {
            throw noFolder(path, noFolder);
        } catch (IOException problem) {
            throw new DataException(
                    "cannot make the run directory " + path + ": " + AtomicFile.reason(problem), problem);
        }
        return new RunDirectory(path).writable();
    }

    private static DataException noFolder(Path path, FileAlreadyExistsException cause) {
        return new DataException(path + " is a file; a run needs a folder", cause);
    }

    /** Whether a file is what a process leaves that is killed before it has written anything. */
    private static boolean isRemnant(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(PROBE) || FolderLock.isLock(file) || name.equals(CONFIG + AtomicFile.PART);
    }

    /**
     * Opens the folder of a run that began earlier.
     *
     * @throws DataException if there is none
     */
    public static RunDirectory open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new DataException(path + " is no folder; --resume needs the directory of a run");
        }
        RunDirectory run = new RunDirectory(path);
        if (!Files.isRegularFile(run.config())) {
            throw new DataException(path + " holds no run: config.json is missing");
        }
        return run.writable();
    }

    public Path path() {
        return path;
    }

    /** Everything needed to repeat the run. */
    public Path config() {
        return path.resolve(CONFIG);
    }

    /** One line of JSON for each epoch. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    public Path model() {
        return path.resolve("model.safetensors");
    }

    public Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    public void writeConfig(Map<String, ?> content) {
        AtomicFile.write(config(), Json.pretty(content));
    }

    /** What {@link #writeConfig} wrote. */
    public Map<String, Object> readConfig() {
        try {
            return Json.object(Files.readString(config()));
        } catch (IOException problem) {
            throw new DataException("cannot read " + config() + ": " + AtomicFile.reason(problem), problem);
        } catch (JacksonException problem) {
            throw new DataException(
                    config() + " is damaged or truncated" + place(problem)
                            + ": it is no JSON object; restore it, or begin a new run",
                    problem);
        }
    }

    /** Where reading ended, as far as that is known. */
    private static String place(JacksonException problem) {
        TokenStreamLocation at = problem.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Adds a line to {@link #metrics}. */
    public void addMetrics(Map<String, ?> figures) {
        try {
            Files.writeString(
                    metrics(),
                    Json.line(figures) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException problem) {
            throw new DataException("cannot write " + metrics() + ": " + AtomicFile.reason(problem), problem);
        }
    }

    /** Replaces {@link #metrics}: a run that goes on from a checkpoint forgets what came after that. */
    public void replaceMetrics(List<? extends Map<String, ?>> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(Json.line(line)).append('\n'));
        AtomicFile.write(metrics(), text.toString());
    }

    /** Asks now, not after an hour of training. */
    private RunDirectory writable() {
        Path probe = path.resolve(PROBE);
        try {
            Files.deleteIfExists(probe);
            Files.createFile(probe);
            Files.delete(probe);
        } catch (IOException problem) {
            throw new DataException(
                    "the run directory " + path + " is not writable: " + AtomicFile.reason(problem), problem);
        }
        return this;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
