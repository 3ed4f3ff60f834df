package dev.rondo.api.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a plugin without running it: name, where its equations come from, an example, its options.
 *
 * <p>Immutable; every method returns a changed copy. Help texts, documentation and error messages are printed from it.
 */
public final class Descriptor {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)*");

    /** Whether a spec may or must say a number of units, as in {@code LSTM_50}. */
    public enum Size {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /**
     * Where equations come from.
     *
     * @param reference arXiv number, or author and year
     * @param title title of the paper, or one sentence about a standard formula
     */
    public record Source(String reference, String title) {
        /** Whether the reference is the number of a paper in the arXiv. */
        public boolean isArxiv() {
            return reference.matches("\\d{4}\\.\\d{4,5}");
        }

        @Override
        public String toString() {
            return title + " (" + (isArxiv() ? "arXiv " + reference : reference) + ")";
        }
    }

    /**
     * A further name for a plugin with other standards for some options: {@code CIFG} for {@code LSTM_coupled=true}.
     *
     * @param descriptor as the preset is listed; without presets of its own
     * @param settings {@code key=value} of the options that it sets
     */
    public record Preset(Descriptor descriptor, List<String> settings) {
        public Preset {
            settings = List.copyOf(settings);
        }
    }

    // Set while a copy is made, never after it is handed out.
    private String name;
    private String summary = "";
    private @Nullable Source source;
    private String example;
    private Size size = Size.NONE;
    private int leastWrapped;
    private int mostWrapped;
    private @Nullable Double learningRate;
    private @Nullable String schedule;
    private List<Option<?>> options = List.of();
    private List<Preset> presets = List.of();

    private Descriptor(String name) {
        this.name = name;
        this.example = name;
    }

    private Descriptor changed(Consumer<Descriptor> change) {
        Descriptor copy = new Descriptor(name);
        copy.summary = summary;
        copy.source = source;
        copy.example = example;
        copy.size = size;
        copy.leastWrapped = leastWrapped;
        copy.mostWrapped = mostWrapped;
        copy.learningRate = learningRate;
        copy.schedule = schedule;
        copy.options = options;
        copy.presets = presets;
        change.accept(copy);
        return copy;
    }

    /**
     * A plugin called {@code name}: letters and digits, parts joined by single underscores or hyphens.
     *
     * @throws IllegalArgumentException if the name could not stand in a spec
     */
    public static Descriptor of(String name) {
        return new Descriptor(checked(name));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a plugin: letters and digits, parts joined by _ or -");
        }
        return name;
    }

    /** What it is, in one sentence for lists. */
    public Descriptor summary(String sentence) {
        return changed(copy -> copy.summary = sentence);
    }

    /** The paper whose equations these are: arXiv number (or author and year) and title. */
    public Descriptor paper(String reference, String title) {
        return changed(copy -> copy.source = new Source(reference, title));
    }

    /** A textbook formula without one paper; one sentence says what it is. */
    public Descriptor standard(String sentence) {
        return paper("standard", sentence);
    }

    /** A spec that builds this plugin; tests and documentation use it. */
    public Descriptor example(String spec) {
        return changed(copy -> copy.example = spec);
    }

    public Descriptor size(Size newSize) {
        return changed(copy -> copy.size = newSize);
    }

    /** How many specs stand in parentheses behind the name, as in {@code Bidirectional(LSTM_50)}. */
    public Descriptor wraps(int least, int most) {
        return changed(copy -> {
            copy.leastWrapped = least;
            copy.mostWrapped = most;
        });
    }

    /** An optimiser's learning rate where the user says none; an optimiser without it has no option {@code lr}. */
    public Descriptor learningRate(double standard) {
        return changed(copy -> copy.learningRate = standard);
    }

    /** How an optimiser's learning rate changes where the user says nothing, as in {@code Constant}; Rondo's own choice if not said. */
    public Descriptor schedule(String spec) {
        return changed(copy -> copy.schedule = spec);
    }

    public Descriptor options(Option<?>... more) {
        List<Option<?>> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return changed(copy -> copy.options = List.copyOf(all));
    }

    /**
     * A further name for this plugin with other standards for some options; comes last, as it takes over what was said before.
     *
     * @param details what is different about it: its summary, its paper
     * @param settings {@code key=value} of the options that it sets
     */
    public Descriptor preset(String presetName, UnaryOperator<Descriptor> details, String... settings) {
        String itsExample = example.replace(name, presetName);
        Descriptor listed = details.apply(changed(copy -> {
            copy.name = checked(presetName);
            copy.example = itsExample;
            copy.presets = List.of();
        }));
        List<Preset> all = new ArrayList<>(presets);
        all.add(new Preset(listed, List.of(settings)));
        return changed(copy -> copy.presets = List.copyOf(all));
    }

    public String name() {
        return name;
    }

    public String summary() {
        return summary;
    }

    public Optional<Source> source() {
        return Optional.ofNullable(source);
    }

    public String example() {
        return example;
    }

    public Size size() {
        return size;
    }

    public int leastWrapped() {
        return leastWrapped;
    }

    public int mostWrapped() {
        return mostWrapped;
    }

    public Optional<Double> learningRate() {
        return Optional.ofNullable(learningRate);
    }

    public Optional<String> schedule() {
        return Optional.ofNullable(schedule);
    }

    public List<Option<?>> options() {
        return options;
    }

    public List<Preset> presets() {
        return presets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Descriptor d
                && name.equals(d.name)
                && summary.equals(d.summary)
                && Objects.equals(source, d.source)
                && example.equals(d.example)
                && size == d.size
                && leastWrapped == d.leastWrapped
                && mostWrapped == d.mostWrapped
                && Objects.equals(learningRate, d.learningRate)
                && Objects.equals(schedule, d.schedule)
                && options.equals(d.options)
                && presets.equals(d.presets);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, summary, source, example, size, learningRate, options);
    }

    @Override
    public String toString() {
        return name;
    }
}
