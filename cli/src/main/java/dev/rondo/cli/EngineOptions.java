package dev.rondo.cli;

import dev.rondo.core.RondoModule;
import dev.rondo.core.engine.DeviceChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What computes: options of commands that run models. A run may go on with others than it began with. */
final class EngineOptions {
    /** Their names. */
    static final List<String> NAMES = List.of("--threads", "--device");

    @Option(names = "--threads", description = "How many threads compute (all); results do not depend on it.")
    private @Nullable Integer threads;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description =
                    "What computes: cpu, or cuda or cuda:1 for the layers that a GPU takes; auto takes it where it is quicker"
                            + " (auto).")
    private @Nullable String device;

    /** Takes effect if no model has run yet. */
    void apply() {
        if (threads != null) {
            System.setProperty(RondoModule.THREADS, Integer.toString(Count.require("--threads", threads)));
        }
        if (device != null) {
            DeviceChoice.parse(device);
            System.setProperty(RondoModule.DEVICE, device);
        }
    }
}
