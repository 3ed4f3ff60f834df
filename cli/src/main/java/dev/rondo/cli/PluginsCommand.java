package dev.rondo.cli;

import dev.rondo.core.files.Json;
import dev.rondo.core.registry.Failure;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Origin;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rondo plugins}: what is there, and where it comes from. */
@Command(
        name = "plugins",
        description = "Lists every plugin, by kind and JAR of origin.",
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
        for (Kind<?> each : Kind.all()) {
            print(each);
        }
    }

    /** A heading for each place that plugins of the kind come from, and below it a line for each of them. */
    private void print(Kind<?> kind) {
        Map<Origin, List<Registered<?>>> places = main.rondo().registry().all().stream()
                .filter(each -> each.kind().equals(kind))
                .collect(Collectors.groupingBy(Registered::origin, LinkedHashMap::new, Collectors.toList()));
        places.forEach((origin, plugins) -> {
            String version = origin.version().isEmpty() ? "" : ", version " + origin.version();
            main.out().println(kind.words() + ", " + plugins.size() + " in " + origin.file() + version);
            Table table = new Table();
            plugins.forEach(each -> table.row(each.name(), each.descriptor().summary()));
            table.print(main.out(), "  ");
            main.out().println();
        });
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
