package dev.rondo.cli;

import dev.rondo.core.files.Json;
import dev.rondo.core.registry.Failure;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rondo plugins}: what is there, and where it comes from. */
@Command(
        name = "plugins",
        description = "Lists every plugin with its kind, version and JAR of origin.",
        mixinStandardHelpOptions = true)
final class PluginsCommand implements Runnable {
    @ParentCommand
    private Main main;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public void run() {
        Registry registry = main.rondo().registry();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put(
                    "plugins",
                    registry.all().stream().map(PluginsCommand::entry).toList());
            all.put(
                    "failures",
                    registry.failures().stream().map(PluginsCommand::entry).toList());
            main.out().println(Json.line(all));
            return;
        }
        Table table = new Table().row("KIND", "NAME", "VERSION", "JAR", "WHAT IT IS");
        for (Registered<?> each : registry.all()) {
            table.row(
                    each.kind(),
                    each.name(),
                    each.origin().version().isEmpty() ? "-" : each.origin().version(),
                    each.origin().file(),
                    each.descriptor().summary());
        }
        table.print(main.out(), "");
    }

    private static Map<String, Object> entry(Registered<?> each) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", each.kind().word());
        entry.put("name", each.name());
        entry.put("version", each.origin().version());
        entry.put("origin", each.origin().location());
        entry.put("summary", each.descriptor().summary());
        return entry;
    }

    private static Map<String, Object> entry(Failure failure) {
        return Map.of("origin", failure.origin().location(), "plugin", failure.plugin(), "reason", failure.reason());
    }
}
