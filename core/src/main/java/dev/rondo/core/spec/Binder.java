package dev.rondo.core.spec;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Nearest;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives names in specs their plugins and options their values, and reports what cannot be. */
final class Binder {
    private static final int MOST_UNITS = 1_000_000;

    private final Registry registry;
    private final String text;
    private final Report report;

    Binder(Registry registry, String text, Report report) {
        this.registry = registry;
        this.text = text;
        this.report = report;
    }

    /** A name and the size behind it. */
    private record Named(
            Registered<?> plugin, Span name, @Nullable Span size) {}

    /**
     * The use that {@code item} words, or null if something about it was reported.
     *
     * @param kinds among which its name is looked up
     * @param where how messages call it
     */
    @Nullable
    Configured<?> bind(Item item, List<Kind<?>> kinds, String where) {
        Named named = resolve(item, kinds, where);
        if (named == null) {
            for (Item inner : item.wrapped() == null ? List.<Item>of() : item.wrapped()) {
                bind(inner, kinds, where);
            }
            return null;
        }
        if (isTornPath(item, named, where)) {
            return null; // what else seems wrong follows from that
        }
        List<Configured<?>> wrapped = wrapped(item, named, where);
        Integer size = size(item, named, where);
        Map<Option<?>, Object> options = options(item, named, where);
        String argument = argument(item, named, where);
        if (wrapped == null || size == null || options == null || argument == null) {
            return null;
        }
        return configured(named.plugin(), size, options, wrapped, argument);
    }

    private static <P extends Plugin> Configured<P> configured(
            Registered<P> plugin,
            int size,
            Map<Option<?>, Object> options,
            List<Configured<?>> wrapped,
            String argument) {
        return new Configured<>(plugin.plugin(), size, options, wrapped, argument);
    }

    /** The plugin with the longest name that the head begins with. */
    private @Nullable Named resolve(Item item, List<Kind<?>> kinds, String where) {
        Span head = item.head();
        String written = head.of(text);
        for (int end = written.length(); end > 0; end = written.lastIndexOf('_', end - 1)) {
            Registered<?> plugin = find(kinds, written.substring(0, end));
            if (plugin != null) {
                Span name = new Span(head.start(), head.start() + end);
                Span rest = end == written.length() ? null : new Span(name.end() + 1, head.end());
                return new Named(plugin, name, rest);
            }
        }
        reportUnknown(head, kinds, where);
        return null;
    }

    private @Nullable Registered<?> find(List<Kind<?>> kinds, String name) {
        for (Kind<?> kind : kinds) {
            Optional<? extends Registered<?>> plugin = registry.find(kind, name);
            if (plugin.isPresent()) {
                return plugin.get();
            }
        }
        return null;
    }

    private void reportUnknown(Span head, List<Kind<?>> kinds, String where) {
        String written = head.of(text);
        List<String> known = new ArrayList<>();
        for (Kind<?> kind : kinds) {
            registry.all(kind).forEach(each -> known.add(each.name()));
        }
        // sin_1 may be a slip for sine_1, or LTSM_50 one for LSTM with a size.
        List<String> near = Nearest.to(written, known);
        String name = near.isEmpty() ? written.replaceFirst("_\\d*$", "") : written;
        if (near.isEmpty()) {
            near = Nearest.to(name, known);
        }
        if (near.isEmpty() && name.contains("_")) {
            near = Nearest.to(name.substring(0, name.indexOf('_')), known);
        }
        List<String> hints = new ArrayList<>();
        if (!near.isEmpty()) {
            hints.add("did you mean: " + String.join(", ", near));
        }
        for (Registered<?> other : registry.named(name)) {
            hints.add(other.name() + " is " + article(other.kind()) + ", not " + article(kinds.get(0)));
        }
        for (Kind<?> kind : kinds) {
            List<String> names =
                    registry.all(kind).stream().map(Registered::name).toList();
            hints.add("known " + kind.words() + ": " + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        registry.failures().forEach(failure -> hints.add("not loaded: " + failure.message()));
        String what = name.isEmpty() ? "a name is missing" : "unknown " + kinds.get(0) + " '" + name + "'";
        report.add(where, what, new Span(head.start(), head.start() + name.length()), hints);
    }

    private @Nullable List<Configured<?>> wrapped(Item item, Named named, String where) {
        Descriptor descriptor = named.plugin().descriptor();
        List<Item> inner = item.wrapped() == null ? List.of() : item.wrapped();
        boolean right = true;
        if (inner.size() < descriptor.leastWrapped() || inner.size() > descriptor.mostWrapped()) {
            String count = descriptor.leastWrapped() == descriptor.mostWrapped()
                    ? Integer.toString(descriptor.mostWrapped())
                    : descriptor.leastWrapped() + " to " + descriptor.mostWrapped();
            String what = descriptor.mostWrapped() == 0
                    ? descriptor.name() + " wraps nothing"
                    : descriptor.name() + " wraps " + count + " in parentheses, got " + inner.size();
            Span at = item.wrapped() == null
                    ? named.name()
                    : new Span(item.head().end(), item.tail().start());
            report.add(where, what, at, List.of("as in " + descriptor.example()));
            right = false;
        }
        List<Kind<?>> kinds = named.plugin().kind().equals(Kind.LAYER)
                ? List.of(Kind.LAYER, Kind.ACTIVATION)
                : List.of(named.plugin().kind());
        List<Configured<?>> wrapped = new ArrayList<>();
        for (Item each : inner) {
            Configured<?> bound = bind(each, kinds, where + ", in " + descriptor.name());
            if (bound == null) {
                right = false;
            } else {
                wrapped.add(bound);
            }
        }
        return right ? wrapped : null;
    }

    private @Nullable Integer size(Item item, Named named, String where) {
        Descriptor descriptor = named.plugin().descriptor();
        List<String> example = List.of("as in " + descriptor.example());
        Span at = named.size();
        if (at != null && item.wrapped() != null) {
            report.add(where, "'" + at.of(text) + "' stands before the parentheses", at, example);
            return null;
        }
        if (!item.tail().isEmpty()) {
            if (text.charAt(item.tail().start()) != '_') {
                report.add(
                        where,
                        "'" + item.tail().of(text) + "' follows the parentheses without a _",
                        item.tail(),
                        example);
                return null;
            }
            at = new Span(item.tail().start() + 1, item.tail().end());
        }
        if (at == null) {
            if (descriptor.size() == Descriptor.Size.REQUIRED) {
                report.add(where, descriptor.name() + " needs a size", named.name(), example);
                return null;
            }
            return 0;
        }
        String digits = at.of(text);
        if (!digits.matches("-?\\d+")) {
            reportStray(item, descriptor, at, where);
            return null;
        }
        if (descriptor.size() == Descriptor.Size.NONE) {
            report.add(where, descriptor.name() + " takes no size", at, example);
            return null;
        }
        if (digits.length() > 7 || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > MOST_UNITS) {
            report.add(where, "a size is a whole number from 1 to " + MOST_UNITS + ", not " + digits, at, List.of());
            return null;
        }
        return Integer.valueOf(digits);
    }

    private void reportStray(Item item, Descriptor descriptor, Span at, String where) {
        String stray = at.of(text);
        List<String> hints = new ArrayList<>();
        Option<?> underscored = underscored(item, descriptor, at);
        if (underscored != null) {
            hints.add("did you mean: " + underscored.key() + "=…");
        } else {
            String key = stray.replaceFirst("^\\d+_", "");
            List<String> keys = Options.of(descriptor).stream().map(Option::key).toList();
            Nearest.to(key, keys).forEach(near -> hints.add("did you mean: " + near + "=…"));
        }
        hints.add("a size is a whole number, an option is key=value, as in " + descriptor.example());
        report.add(where, "'" + stray + "' is neither a size nor an option of " + descriptor.name(), at, hints);
    }

    /** The option that was written with an underscore in its key, which so fell apart: {@code LSTM_5_forget_bias=1}. */
    private @Nullable Option<?> underscored(Item item, Descriptor descriptor, @Nullable Span rest) {
        if (rest == null || item.settings().isEmpty()) {
            return null;
        }
        String key = rest.of(text).replaceFirst("^\\d+_", "").replace('_', '-');
        return Options.find(descriptor, key + "-" + item.settings().get(0).key().of(text))
                .orElse(null);
    }

    private @Nullable String argument(Item item, Named named, String where) {
        Span path = item.path();
        boolean wanted = named.plugin().plugin() instanceof SeriesSource source && source.readsFile();
        if (path == null && wanted) {
            String what = named.plugin().name() + " needs a path behind a colon";
            report.add(
                    where,
                    what,
                    named.name(),
                    List.of("as in " + named.plugin().descriptor().example()));
            return null;
        }
        if (path == null) {
            return "";
        }
        if (!wanted) {
            report.add(
                    where, named.plugin().name() + " takes no path", new Span(path.start() - 1, path.end()), List.of());
            return null;
        }
        if (path.isEmpty()) {
            report.add(where, "no path follows the colon", new Span(path.start() - 1, path.end()), List.of());
            return null;
        }
        return unquoted(path, where);
    }

    /** Whether {@code _name=} was meant as a part of the path, as a file of that name tells; it is reported then. */
    private boolean isTornPath(Item item, Named named, String where) {
        Span path = item.path();
        if (path == null || startsWithQuote(path.of(text)) || isFile(path.of(text))) {
            return false;
        }
        for (Item.Setting setting : item.settings()) {
            Span longer = path.to(setting.value());
            String file = longer.of(text);
            if (isFile(file)) {
                String read = text.substring(path.end(), longer.end());
                report.add(
                        where,
                        "'" + read + "' reads as an option, but there is a file " + file,
                        longer,
                        List.of("quote the path: " + named.plugin().name() + ":'" + file + "'"));
                return true;
            }
        }
        return false;
    }

    private static boolean isFile(String path) {
        return new File(path).isFile();
    }

    private @Nullable Map<Option<?>, Object> options(Item item, Named named, String where) {
        Descriptor descriptor = named.plugin().descriptor();
        Map<Option<?>, Object> values = new HashMap<>();
        boolean right = true;
        boolean torn = underscored(item, descriptor, named.size()) != null; // reported with the size
        for (Item.Setting setting :
                item.settings().subList(torn ? 1 : 0, item.settings().size())) {
            String key = setting.key().of(text);
            Option<?> option = Options.find(descriptor, key).orElse(null);
            if (option == null) {
                reportUnknownOption(setting, descriptor, where);
                right = false;
                continue;
            }
            Object value = value(option, setting, descriptor, where);
            if (value == null) {
                right = false;
            } else if (values.putIfAbsent(option, value) != null) {
                report.add(where, "option '" + option.key() + "' is given twice", setting.whole(), List.of());
                right = false;
            }
        }
        named.plugin().settings().forEach(values::putIfAbsent);
        values.entrySet()
                .removeIf(entry -> entry.getValue().equals(entry.getKey().defaultValue()));
        return right ? values : null;
    }

    private void reportUnknownOption(Item.Setting setting, Descriptor descriptor, String where) {
        String key = setting.key().of(text);
        List<Option<?>> options = Options.of(descriptor);
        List<String> hints = new ArrayList<>();
        for (String near : Nearest.to(key, options.stream().map(Option::key).toList())) {
            Options.find(descriptor, near).ifPresent(option -> hints.add("did you mean: " + Options.line(option)));
        }
        if (options.isEmpty()) {
            hints.add(descriptor.name() + " has no options");
        } else {
            hints.add("options: "
                    + String.join(", ", options.stream().map(Options::line).toList()));
        }
        report.add(where, descriptor.name() + " has no option '" + key + "'", setting.key(), hints);
    }

    private @Nullable Object value(Option<?> option, Item.Setting setting, Descriptor descriptor, String where) {
        String written = unquoted(setting.value(), where);
        if (written == null) {
            return null;
        }
        if (Options.isActivation(option)) {
            return activation(setting.value(), where + ", " + option.key());
        }
        Optional<?> value = parsed(option, written);
        if (value.isPresent()) {
            return value.get();
        }
        String what = written.isEmpty()
                ? "option '" + option.key() + "' of " + descriptor.name() + " has no value"
                : "'" + written + "' is no value for option '" + option.key() + "' of " + descriptor.name();
        report.add(where, what, written.isEmpty() ? setting.whole() : setting.value(), List.of(Options.line(option)));
        return null;
    }

    /** The value that is meant, empty where it is of the wrong kind, out of range or not finite. */
    private static Optional<?> parsed(Option<?> option, String written) {
        try {
            Object value = option.parse(written);
            return value instanceof Double number && !Double.isFinite(number) ? Optional.empty() : Optional.of(value);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the option's kind, which the report shows, says more than the exception
        }
    }

    /** The canonical spec of the activation that a value names. */
    private @Nullable String activation(Span value, String where) {
        // Blanks in place of everything before the value keep the carets where they belong.
        boolean quoted = isQuoted(value);
        int start = quoted ? value.start() + 1 : value.start();
        String alone = " ".repeat(start) + text.substring(start, quoted ? value.end() - 1 : value.end());
        Scanner scanner = new Scanner(alone, where, report);
        Item item = scanner.one();
        if (item == null) {
            if (scanner.isWhole()) {
                report.add(where, "no activation is named", value, List.of());
            }
            return null;
        }
        Configured<?> bound = new Binder(registry, alone, report).bind(item, List.of(Kind.ACTIVATION), where);
        return bound == null ? null : bound.spec();
    }

    private @Nullable String unquoted(Span span, String where) {
        String written = span.of(text);
        if (isQuoted(span)) {
            return written.substring(1, written.length() - 1);
        }
        if (startsWithQuote(written)) {
            int close = written.indexOf(written.charAt(0), 1);
            Span behind = new Span(span.start() + close + 1, span.end());
            report.add(where, "'" + behind.of(text) + "' follows the closing quote", behind, List.of());
            return null;
        }
        return written;
    }

    private boolean isQuoted(Span span) {
        String written = span.of(text);
        return startsWithQuote(written) && written.indexOf(written.charAt(0), 1) == written.length() - 1;
    }

    private static boolean startsWithQuote(String written) {
        return written.startsWith("'") || written.startsWith("\"");
    }

    private static String article(Kind<?> kind) {
        return ("aeiou".indexOf(kind.word().charAt(0)) >= 0 ? "an " : "a ") + kind;
    }
}
