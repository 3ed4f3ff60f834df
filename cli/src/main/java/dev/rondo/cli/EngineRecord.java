package dev.rondo.cli;

import dev.rondo.core.Rondo;
import dev.rondo.core.RondoModule;
import dev.rondo.core.files.RunDirectory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the configuration of a run says of what computes it: this process, behind those that computed its epochs before. */
final class EngineRecord {
    private static final String COMMAND = "command";
    private static final String DEVICE = "device";
    private static final String ENGINE = "engine";
    private static final String REMARKS = "remarks";
    /** Between one engine and the next. */
    private static final String THEN = ", then ";

    private final RunDirectory directory;
    private final Rondo rondo;
    private final String command;
    /** What the configuration said of the epochs that are kept. */
    private final Map<String, Object> before;

    private boolean computing;

    /**
     * The record of a run.
     *
     * @param command that repeats it, with what is asked for now
     * @param resumed whether it goes on from a checkpoint, if there is one
     */
    EngineRecord(RunDirectory directory, Rondo rondo, String command, boolean resumed) {
        this.directory = directory;
        this.rondo = rondo;
        this.command = command;
        before = resumed && Files.exists(directory.checkpoint()) ? directory.readConfig() : Map.of();
        if (!resumed) {
            write();
        }
    }

    /** The device that the run in {@code directory} was begun or last taken up with. */
    static Optional<String> device(RunDirectory directory) {
        return directory.readConfig().get(DEVICE) instanceof String device ? Optional.of(device) : Optional.empty();
    }

    /** The device that the run was computed with last, as it is written in a command. */
    String device() {
        return device(directory).orElse(RondoModule.device().toString());
    }

    /** This process has computed an epoch. */
    void epoch() {
        computing = true;
        write();
    }

    /** What has computed the run in the end, for people. */
    Map<String, String> facts() {
        if (computing) {
            write();
        }
        Map<String, Object> config = directory.readConfig();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                ENGINE,
                String.valueOf(config.getOrDefault(ENGINE, rondo.engine().description())));
        if (config.get(REMARKS) instanceof List<?> remarks) {
            facts.put(
                    REMARKS,
                    String.join("; ", remarks.stream().map(String::valueOf).toList()));
        }
        return facts;
    }

    private void write() {
        String now = rondo.engine().description();
        String engine = now;
        if (before.get(ENGINE) instanceof String others) {
            engine = others.equals(now) || others.endsWith(THEN + now) ? others : others + THEN + now;
        }
        Set<Object> remarks = new LinkedHashSet<>();
        if (before.get(REMARKS) instanceof List<?> others) {
            remarks.addAll(others);
        }
        remarks.addAll(rondo.engine().remarks());
        Map<String, Object> known = directory.readConfig();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(COMMAND, command); // first, where people look for it
        known.forEach(config::putIfAbsent);
        config.put(DEVICE, RondoModule.device().toString());
        config.put(ENGINE, engine);
        config.put(REMARKS, new ArrayList<>(remarks));
        if (remarks.isEmpty()) {
            config.remove(REMARKS);
        }
        if (!config.equals(known)) {
            directory.writeConfig(config);
        }
    }
}
