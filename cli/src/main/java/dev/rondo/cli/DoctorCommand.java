package dev.rondo.cli;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.RondoModule;
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
        table.row("device", device());
        for (Registered<Accelerator> each : registry.all(Kind.ACCELERATOR)) {
            devices(each.plugin()).forEach(line -> table.row(each.name(), line));
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

    /** What is asked for; a choice that cannot be read is told here rather than refused. */
    private static String device() {
        try {
            return RondoModule.device() + " (--device, or -D" + RondoModule.DEVICE
                    + "=cpu in RONDO_JAVA_OPTS, changes it)";
        } catch (UsageException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What an accelerator found, its devices opened to see whether they can be. */
    private static List<String> devices(Accelerator accelerator) {
        Devices found = accelerator.devices();
        OptionScope usual = Settings.of(Configured.of(accelerator));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < found.names().size(); i++) {
            try (Device device = accelerator.open(usual, i)) {
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
