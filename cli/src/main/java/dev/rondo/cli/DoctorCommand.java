package dev.rondo.cli;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.RondoModule;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.registry.Failure;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Origin;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code rondo doctor}: what the machine offers, what is used of it, and what would turn the rest on. */
@Command(
        name = "doctor",
        description = "Shows JDK, SIMD, threads, ND4J, GPUs and plugin JARs, and what would make training faster.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {
    @ParentCommand
    private Main main;

    @Override
    public void run() {
        Runtime runtime = Runtime.getRuntime();
        String folder = System.getProperty("rondo.plugins", "");
        Table table = new Table()
                .row("rondo", Main.Version.ours())
                .row("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")")
                .row("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .row("threads", runtime.availableProcessors())
                .row("heap", (runtime.maxMemory() >> 20) + " MB at most (RONDO_MEMORY=2g changes it)")
                .row("kernels", KernelChoice.find().note())
                .row("nd4j", nd4j())
                .row("plugins folder", folder.isEmpty() ? "none" : folder);
        Registry registry = main.rondo().registry();
        for (Origin origin : registry.origins()) {
            List<String> names = registry.all().stream()
                    .filter(each -> each.origin().equals(origin))
                    .map(each -> each.name())
                    .toList();
            table.row("plugins", names.size() + " in " + origin + ": " + String.join(", ", names));
        }
        Optional<Configured<Accelerator>> asked = choice(table)
                .filter(DeviceChoice::named)
                .map(choice -> main.rondo().specs().accelerator(choice.accelerator()));
        for (Registered<Accelerator> each : registry.all(Kind.ACCELERATOR)) {
            devices(asked.filter(one -> one.plugin() == each.plugin()).orElseGet(() -> Configured.of(each.plugin())))
                    .forEach(line -> table.row(each.name(), line));
        }
        for (String jar : PluginFolder.withoutPlugins(folder, registry)) {
            table.row(
                    "no plugin",
                    "in " + jar
                            + ": its META-INF/services names none, so it serves other JARs as a library or its build left them out");
        }
        for (Failure failure : registry.failures()) {
            table.row("not loaded", failure.message());
        }
        table.print(main.out(), "");
    }

    /** What is asked for; absent where no run would take it, which is told here rather than refused. */
    private Optional<DeviceChoice> choice(Table table) {
        try {
            main.rondo().engine();
            DeviceChoice choice = RondoModule.device();
            table.row(
                    "device",
                    choice + " (-D" + RondoModule.DEVICE
                            + "=cpu in RONDO_JAVA_OPTS, or --device of a command, changes it)");
            return Optional.of(choice);
        } catch (UsageException e) {
            table.row("device", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** What an accelerator found, its devices opened to see whether they can be. */
    private static List<String> devices(Configured<Accelerator> configured) {
        Accelerator accelerator = configured.plugin();
        Devices found = accelerator.devices();
        OptionScope options = Settings.of(configured);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < found.names().size(); i++) {
            try (Device device = accelerator.open(options, i)) {
                lines.add(i + ": " + device.description());
                lines.addAll(device.details());
            } catch (DeviceException e) {
                lines.add(i + ": " + found.names().get(i) + " cannot be used: " + e.getMessage());
            }
        }
        if (!found.reason().isEmpty()) {
            lines.add("not used: " + found.reason());
        }
        return lines;
    }

    /** ND4J starts here on purpose: whether its natives load is what is asked. */
    private static String nd4j() {
        try {
            String backend = Nd4j.getBackend().getClass().getSimpleName();
            String version = Nd4j.class.getPackage().getImplementationVersion();
            return (version == null ? "" : version + ", ") + backend + ", natives loaded";
        } catch (LinkageError | RuntimeException e) {
            return "its natives do not load: " + e;
        }
    }
}
