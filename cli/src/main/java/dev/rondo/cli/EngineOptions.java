package dev.rondo.cli;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.RondoModule;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.files.RunDirectory;
import java.util.List;
import java.util.Optional;
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
            description = "What computes: cpu; cuda, cuda:1 or cuda_precision=tf32 for the layers that a GPU takes"
                    + " (rondo describe cuda); auto takes one where it is quicker (auto).")
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

    /**
     * Goes on with the device of the run in {@code directory}, if none is asked for now.
     *
     * @throws UsageException if there is no such device here
     */
    void goOn(RunDirectory directory, Rondo rondo) {
        Optional<String> recorded = EngineRecord.device(directory);
        if (device != null || recorded.isEmpty() || System.getProperty(RondoModule.DEVICE) != null) {
            return;
        }
        System.setProperty(RondoModule.DEVICE, recorded.get());
        try {
            rondo.engine();
        } catch (UsageException e) {
            throw new UsageException(e.getMessage() + "\n  the device is that of " + directory.config()
                    + "; --device cpu goes on without it");
        }
    }

    /** A device as it is written in a command, nothing where it is the usual choice. */
    static List<String> asked(String device) {
        return device.equals(DeviceChoice.AUTO.toString()) ? List.of() : List.of("--device", device);
    }
}
