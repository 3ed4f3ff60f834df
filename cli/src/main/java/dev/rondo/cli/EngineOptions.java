package dev.rondo.cli;

import dev.rondo.core.RondoModule;
import dev.rondo.core.engine.DeviceChoice;
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

    /** Goes on with the device that a run was {@linkplain Training#recordedDevice begun with}, if none is asked for now. */
    void goOnWith(Optional<String> recorded) {
        if (device == null && System.getProperty(RondoModule.DEVICE) == null) {
            recorded.ifPresent(each -> System.setProperty(RondoModule.DEVICE, each));
        }
    }

    /** The device as it is written in a command, nothing where it is the usual choice. */
    static List<String> asked() {
        DeviceChoice choice = RondoModule.device();
        return choice.automatic() ? List.of() : List.of("--device", choice.toString());
    }
}
