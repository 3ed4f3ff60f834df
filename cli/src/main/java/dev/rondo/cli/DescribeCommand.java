package dev.rondo.cli;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Nearest;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Options;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Printer;
import dev.rondo.core.trace.StateSlot;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rondo describe}: one plugin with its options, its paper, and its equations as they were traced. */
@Command(
        name = "describe",
        description = "Shows a plugin: options, paper, equations as traced, shapes and number of parameters.",
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Runnable {
    /** Few, so that shapes stay readable, and no size that an example has, so that they tell apart; the others are for layers that need them. */
    private static final int FEATURES = 8;

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "NAME",
            description = "A name, KIND:NAME, or a layer's spec, as in LSTM, optimizer:Adam or LSTM_50_peephole=true.")
    private String name;

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
        Registry registry = main.rondo().registry();
        Kind<?> kind = kind();
        String wanted = kind == null ? name : name.substring(name.indexOf(':') + 1);
        List<Registered<?>> found = registry.named(wanted).stream()
                .filter(each -> kind == null || each.kind().equals(kind))
                .toList();
        if (found.isEmpty() && (kind == null || kind.space().equals(Kind.LAYER.space()))) {
            found = inSpec(wanted);
        }
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

    private @Nullable Kind<?> kind() {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String word = name.substring(0, colon).toLowerCase(Locale.ROOT);
        return Kind.all().stream()
                .filter(each -> each.word().equals(word)
                        || each.words().equals(word)
                        || each.space().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("'" + word + "' is no kind of plugin: "
                        + Kind.all().stream()
                                .map(each -> "'" + each.word() + "'")
                                .collect(Collectors.joining(", "))));
    }

    /** The plugin of a spec such as {@code LSTM_50}; none where that is a plain name. */
    private List<Registered<?>> inSpec(String spec) {
        if (spec.chars().noneMatch(c -> c == '_' || c == '(')) {
            return List.of();
        }
        return main.rondo().layers(spec).stream()
                .flatMap(layer -> main.rondo().registry().named(layer.name()).stream())
                .filter(each -> each.kind().space().equals(Kind.LAYER.space()))
                .limit(1)
                .toList();
    }

    private String near(String wanted, @Nullable Kind<?> kind) {
        Set<String> names = main.rondo().registry().all().stream()
                .filter(each -> kind == null || each.kind().equals(kind))
                .map(Registered::name)
                .collect(Collectors.toSet());
        List<String> near = Nearest.to(wanted, names);
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
        Table facts = new Table().row("spec", form(plugin)).row("example", descriptor.example());
        if (plugin.isPreset()) {
            facts.row("means", new Configured<>(plugin.plugin(), 0, plugin.settings(), List.of(), "").spec());
        }
        descriptor.source().ifPresent(source -> facts.row("source", source));
        facts.print(out, "");
        Table options = new Table();
        for (Option<?> option : Options.of(descriptor)) {
            options.row(Options.setting(option), option.kind(), option.doc());
        }
        if (!Options.of(descriptor).isEmpty()) {
            out.println("options");
            options.print(out, "  ");
        }
        if (plugin.kind().space().equals(Kind.LAYER.space())) {
            equations(spec);
        }
    }

    private static String form(Registered<?> plugin) {
        Descriptor descriptor = plugin.descriptor();
        String wraps = descriptor.mostWrapped() == 0 ? "" : descriptor.mostWrapped() == 1 ? "(SPEC)" : "(SPEC …)";
        String size = switch (descriptor.size()) {
            case NONE -> "";
            case OPTIONAL -> "[_SIZE]";
            case REQUIRED -> "_SIZE";
        };
        boolean path = plugin.plugin() instanceof dev.rondo.api.spi.SeriesSource source && source.readsFile();
        String keys = Options.of(descriptor).stream()
                .map(option -> "[_" + option.key() + "=…]")
                .collect(Collectors.joining());
        return plugin.name() + wraps + (path ? ":PATH" : "") + size + keys;
    }

    private void equations(String spec) {
        PrintStream out = main.out();
        TracedModel model = trace(main.rondo().layers(spec).get(0));
        TracedLayer layer = model.layers().get(0);
        out.println();
        out.println(layer.configured().spec() + " on " + layer.input().width() + " features gives "
                + layer.output().width() + ":");
        out.println();
        Printer.equations(layer).forEach(line -> out.println("  " + line));
        out.println();
        Table table = new Table();
        for (Parameter parameter : layer.parameters()) {
            table.row(
                    "parameter",
                    local(layer, parameter.name()),
                    parameter.shape(),
                    Figures.grouped(parameter.length()));
        }
        for (StateSlot state : layer.states()) {
            table.row(
                    "state",
                    local(layer, state.name()),
                    state.width() + (state.steps() > 1 ? " × " + state.steps() + " steps" : ""));
        }
        table.row("in all", Figures.grouped(layer.parameterCount()) + " parameters");
        table.print(out, "");
        if (program) {
            out.println();
            out.println("a training pass, before the sums that give the gradients of the parameters:");
            new CpuEngine(main.rondo().kernels(), 1)
                    .schedule(model, main.rondo().objective("", List.of(0)).loss())
                    .forEach(line -> out.println("  " + line));
        }
    }

    private static String local(TracedLayer layer, String full) {
        return full.startsWith(layer.path() + "/") ? full.substring(layer.path().length() + 1) : full;
    }

    /** Traces with an input width that the layer accepts: a skip needs as many features as the layer has, an embedding one. */
    private TracedModel trace(Configured<?> layer) {
        Tracer tracer = new Tracer(Gates.STANDARD, main.rondo()::activation);
        if (inputs != null) {
            return tracer.trace(List.of(layer), inputs);
        }
        List<Integer> widths = Stream.concat(Stream.of(FEATURES), Stream.concat(sizes(layer), Stream.of(1)))
                .filter(width -> width > 0)
                .toList();
        UsageException first = null;
        for (int width : widths) {
            try {
                return tracer.trace(List.of(layer), width);
            } catch (UsageException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new UsageException(layer.spec() + " cannot be traced") : first;
    }

    private static Stream<Integer> sizes(Configured<?> layer) {
        return Stream.concat(Stream.of(layer.size()), layer.wrapped().stream().flatMap(DescribeCommand::sizes));
    }
}
