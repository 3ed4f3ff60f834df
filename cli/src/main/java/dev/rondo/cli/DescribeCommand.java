package dev.rondo.cli;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.files.AtomicFile;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Nearest;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Options;
import dev.rondo.core.trace.TracedModel;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rondo describe}: one plugin with its options, its paper, and its equations as they were traced. */
@Command(
        name = "describe",
        description = "Shows a plugin: options, paper, equations as traced, shapes and number of parameters.",
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Runnable {
    @ParentCommand
    private Main main;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Subject subject;

    /** One plugin, or all. */
    private static final class Subject {
        @Parameters(
                paramLabel = "NAME",
                description = "A name, KIND:NAME, or a spec, as in LSTM, optimizer:Adam or LSTM_50_peephole=true.")
        private @Nullable String name;

        @picocli.CommandLine.Option(
                names = "--catalogue",
                paramLabel = "FILE",
                description = "Write a page in Markdown with all plugins; what was generated before is replaced.")
        private @Nullable Path catalogue;
    }

    @picocli.CommandLine.Option(
            names = "--inputs",
            description = "Number of input features for the equations; chosen to fit if not given.")
    private @Nullable Integer inputs;

    @picocli.CommandLine.Option(
            names = "--program",
            description = "Also show how the engine schedules a training pass of a layer.")
    private boolean program;

    @Override
    public void run() {
        if (subject.catalogue != null) {
            AtomicFile.write(subject.catalogue, CataloguePage.of(main.rondo()));
        } else if (subject.name != null) {
            describe(subject.name);
        }
    }

    private void describe(String name) {
        Kind<?> kind = kind(name);
        String wanted = kind == null ? name : name.substring(name.indexOf(':') + 1);
        List<Registered<?>> found = inSpec(wanted, kind);
        if (found.isEmpty()) {
            throw new UsageException("no " + (kind == null ? "plugin" : kind) + " is called '" + wanted + "'"
                    + near(wanted, kind) + "\n  `rondo plugins` lists them");
        }
        for (Registered<?> each : found) {
            describe(
                    each,
                    each.name().equalsIgnoreCase(wanted) ? each.descriptor().example() : wanted);
        }
    }

    private static @Nullable Kind<?> kind(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String word = name.substring(0, colon);
        return Kind.of(word)
                .orElseThrow(() -> new UsageException("'" + word.toLowerCase(Locale.ROOT) + "' is no kind of plugin: "
                        + Kind.all().stream()
                                .map(each -> "'" + each.word() + "'")
                                .collect(Collectors.joining(", "))));
    }

    /** The plugins that a spec such as {@code LSTM_50} may begin with; of several names the longest. */
    private List<Registered<?>> inSpec(String spec, @Nullable Kind<?> kind) {
        int parenthesis = spec.indexOf('(');
        String head = parenthesis < 0 ? spec : spec.substring(0, parenthesis);
        for (int end = head.length(); end > 0; end = head.lastIndexOf('_', end - 1)) {
            List<Registered<?>> found = main.rondo().registry().named(head.substring(0, end)).stream()
                    .filter(each -> kind == null || each.kind().equals(kind))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private String near(String wanted, @Nullable Kind<?> kind) {
        Set<String> names = main.rondo().registry().all().stream()
                .filter(each -> kind == null || each.kind().equals(kind))
                .map(Registered::name)
                .collect(Collectors.toSet());
        List<String> near = Nearest.to(wanted, names);
        near = near.isEmpty() ? Nearest.to(wanted.replaceFirst("[_(].*", ""), names) : near;
        return near.isEmpty() ? "" : "\n  did you mean: " + String.join(", ", near);
    }

    private void describe(Registered<?> plugin, String spec) {
        PrintStream out = main.out();
        Descriptor descriptor = plugin.descriptor();
        out.println(
                plugin.name() + "  (" + plugin.kind() + ", " + plugin.origin().file() + ")");
        if (!descriptor.summary().isEmpty()) {
            out.println(descriptor.summary());
        }
        out.println();
        Table facts = new Table().row("spec", PluginFacts.form(plugin)).row("example", descriptor.example());
        if (plugin.isPreset()) {
            facts.row("means", PluginFacts.meaning(plugin));
        }
        descriptor.source().ifPresent(source -> facts.row("source", source));
        if (plugin.kind().equals(Kind.OPTIMIZER)) {
            facts.row("schedule", PluginFacts.schedule(descriptor));
        }
        facts.print(out, "");
        Table options = new Table();
        for (Option<?> option : Options.of(descriptor)) {
            options.row(Options.setting(option), option.kind(), option.doc());
        }
        if (!Options.of(descriptor).isEmpty()) {
            out.println("options");
            options.print(out, "  ");
        }
        Explainer explainer = new Explainer(main.rondo(), inputs);
        explainer.explain(plugin, spec).forEach(this::explain);
        if (program && plugin.kind().space().equals(Kind.LAYER.space())) {
            schedule(explainer.trace(spec));
        }
    }

    private void explain(Explanation explanation) {
        PrintStream out = main.out();
        out.println();
        out.println(explanation.heading() + ":");
        out.println();
        explanation.lines().forEach(line -> out.println("  " + line));
        Explanation.LayerFacts layer = explanation.layer();
        if (layer != null) {
            out.println();
            Table table = new Table();
            layer.arrays().forEach(array -> table.row(array.toArray()));
            table.row("in all", Figures.grouped(layer.parameters()) + " parameters");
            table.row("loop", layer.loop());
            table.print(out, "");
        }
    }

    private void schedule(TracedModel model) {
        PrintStream out = main.out();
        out.println();
        out.println("a training pass, before the sums that give the gradients of the parameters:");
        new CpuEngine(main.rondo().kernels(), 1)
                .schedule(model, main.rondo().objective("", List.of(0)).loss())
                .forEach(line -> out.println("  " + line));
    }
}
