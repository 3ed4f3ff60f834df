package dev.rondo.api.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a plugin without running it: name, where its equations come from, an example, its options.
 *
 * <p>Immutable; every method returns a changed copy. Help texts, documentation and error messages are printed from it.
 */
public final class Descriptor {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*");

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
        @Override
        public String toString() {
            boolean arxiv = reference.matches("\\d{4}\\.\\d{4,5}");
            return title + " (" + (arxiv ? "arXiv " + reference : reference) + ")";
        }
    }

    private final String name;
    private final String summary;
    private final @Nullable Source source;
    private final String example;
    private final Size size;
    private final int leastWrapped;
    private final int mostWrapped;
    private final @Nullable Double learningRate;
    private final List<Option<?>> options;

    private Descriptor(
            String name,
            String summary,
            @Nullable Source source,
            String example,
            Size size,
            int leastWrapped,
            int mostWrapped,
            @Nullable Double learningRate,
            List<Option<?>> options) {
        this.name = name;
        this.summary = summary;
        this.source = source;
        this.example = example;
        this.size = size;
        this.leastWrapped = leastWrapped;
        this.mostWrapped = mostWrapped;
        this.learningRate = learningRate;
        this.options = options;
    }

    /**
     * A plugin called {@code name}: letters and digits, parts joined by single underscores.
     *
     * @throws IllegalArgumentException if the name could not stand in a spec
     */
    public static Descriptor of(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a plugin: letters and digits, parts joined by _");
        }
        return new Descriptor(name, "", null, name, Size.NONE, 0, 0, null, List.of());
    }

    /** What it is, in one sentence for lists. */
    public Descriptor summary(String sentence) {
        return new Descriptor(name, sentence, source, example, size, leastWrapped, mostWrapped, learningRate, options);
    }

    /** The paper whose equations these are: arXiv number (or author and year) and title. */
    public Descriptor paper(String reference, String title) {
        return new Descriptor(
                name,
                summary,
                new Source(reference, title),
                example,
                size,
                leastWrapped,
                mostWrapped,
                learningRate,
                options);
    }

    /** A textbook formula without one paper; one sentence says what it is. */
    public Descriptor standard(String sentence) {
        return paper("standard", sentence);
    }

    /** A spec that builds this plugin; tests and documentation use it. */
    public Descriptor example(String spec) {
        return new Descriptor(name, summary, source, spec, size, leastWrapped, mostWrapped, learningRate, options);
    }

    public Descriptor size(Size newSize) {
        return new Descriptor(
                name, summary, source, example, newSize, leastWrapped, mostWrapped, learningRate, options);
    }

    /** How many specs stand in parentheses behind the name, as in {@code Bidirectional(LSTM_50)}. */
    public Descriptor wraps(int least, int most) {
        return new Descriptor(name, summary, source, example, size, least, most, learningRate, options);
    }

    /** An optimiser's learning rate where the user says none; an optimiser without it has no option {@code lr}. */
    public Descriptor learningRate(double standard) {
        return new Descriptor(name, summary, source, example, size, leastWrapped, mostWrapped, standard, options);
    }

    public Descriptor options(Option<?>... more) {
        List<Option<?>> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Descriptor(
                name, summary, source, example, size, leastWrapped, mostWrapped, learningRate, List.copyOf(all));
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

    public List<Option<?>> options() {
        return options;
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
                && options.equals(d.options);
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
