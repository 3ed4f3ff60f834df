package dev.rondo.api.spi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A typed setting of a plugin, declared once with its default, range and meaning.
 *
 * <p>In a spec it reads {@code _key=value}. Compared by identity: an option belongs to the constant that declares it.
 *
 * @param <T> {@link Double}, {@link Integer}, {@link Boolean}, an enum or {@link String}
 */
public final class Option<T> {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*");

    private final String key;
    private final T defaultValue;
    private final String kind;
    private final Function<String, T> parser;
    private final double low;
    private final double high;
    /** Whether {@code high} itself lies outside. */
    private final boolean open;

    private final String doc;

    private Option(String key, T defaultValue, String kind, Function<String, T> parser, double low, double high) {
        this(key, defaultValue, kind, parser, low, high, false, "");
    }

    private Option(
            String key,
            T defaultValue,
            String kind,
            Function<String, T> parser,
            double low,
            double high,
            boolean open,
            String doc) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("'" + key + "' is no key: lower-case letters, digits and hyphens");
        }
        this.key = key;
        this.defaultValue = Objects.requireNonNull(defaultValue);
        this.kind = kind;
        this.parser = parser;
        this.low = low;
        this.high = high;
        this.open = open;
        this.doc = doc;
    }

    /** A real number. */
    public static Option<Double> real(String key, double defaultValue) {
        return new Option<>(
                key, defaultValue, "number", Double::valueOf, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** A whole number. */
    public static Option<Integer> whole(String key, int defaultValue) {
        return new Option<>(key, defaultValue, "whole number", Integer::valueOf, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** {@code true} or {@code false}. */
    public static Option<Boolean> flag(String key, boolean defaultValue) {
        return new Option<>(key, defaultValue, "true or false", Option::parseFlag, 0, 0);
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> Option<E> choice(String key, E defaultValue) {
        Class<E> type = defaultValue.getDeclaringClass();
        String names = Arrays.stream(type.getEnumConstants()).map(Option::spell).collect(Collectors.joining(" | "));
        Function<String, E> parser = text -> Arrays.stream(type.getEnumConstants())
                .filter(each -> spell(each).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
        return new Option<>(key, defaultValue, names, parser, 0, 0);
    }

    /** The spec of an activation, such as {@code tanh}. */
    public static Option<String> activation(String key, String defaultValue) {
        return new Option<>(key, defaultValue, "activation", Function.identity(), 0, 0);
    }

    /** Free text, such as the name of a column. */
    public static Option<String> text(String key, String defaultValue) {
        return new Option<>(key, defaultValue, "text", Function.identity(), 0, 0);
    }

    /** Accepts numbers from {@code least} to {@code most} only, both included; a lower bound by {@link #below} stays. */
    public Option<T> range(double least, double most) {
        boolean stays = open && high <= most;
        return new Option<>(key, defaultValue, kind, parser, least, stays ? high : most, stays, doc);
    }

    /**
     * Accepts numbers less than {@code bound} only; {@code range(0, 1).below(1)} is what 1 − b may be divided by. A lower end of
     * {@link #range} stays.
     */
    public Option<T> below(double bound) {
        boolean narrower = bound <= high;
        return new Option<>(key, defaultValue, kind, parser, low, narrower ? bound : high, narrower || open, doc);
    }

    /** What it does, in one sentence. */
    public Option<T> doc(String sentence) {
        return new Option<>(key, defaultValue, kind, parser, low, high, open, sentence);
    }

    public String key() {
        return key;
    }

    /** What it is where a spec does not say it. */
    public T defaultValue() {
        return defaultValue;
    }

    public String doc() {
        return doc;
    }

    /** The least number that is accepted; negative infinity where none is named. */
    public double least() {
        return low;
    }

    /** The greatest number that is accepted; infinity where none is named. */
    public double most() {
        return open ? Math.nextDown(high) : high;
    }

    /** What a value looks like, for help texts: {@code number from 0 to 1}. */
    public String kind() {
        if (!(defaultValue instanceof Number) || low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY) {
            return kind;
        }
        boolean anyLow = low == Double.NEGATIVE_INFINITY || low == Integer.MIN_VALUE;
        boolean anyHigh = high == Double.POSITIVE_INFINITY || high == Integer.MAX_VALUE;
        if (anyLow && anyHigh) {
            return kind;
        }
        return kind
                + (anyLow ? "" : " from " + print(low))
                + (anyHigh ? "" : (anyLow ? " up" : "") + " to " + printHigh());
    }

    /**
     * The value that {@code text} means.
     *
     * @throws IllegalArgumentException if it means none, or one outside of the range
     */
    public T parse(String text) {
        T value = parser.apply(text);
        if (value instanceof Number number && !(number.doubleValue() >= low && number.doubleValue() <= most())) {
            throw new IllegalArgumentException(text + " lies outside of " + print(low) + " to " + printHigh());
        }
        return value;
    }

    /** How a value is written in a spec; {@link #parse} reads it back. */
    public String print(T value) {
        if (value instanceof Double number) {
            return print(number.doubleValue());
        }
        return value instanceof Enum<?> constant ? spell(constant) : value.toString();
    }

    @Override
    public String toString() {
        return key;
    }

    /** As people type it: 1, 0.5, 1e-8. */
    private static String print(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number).replace(".0E", "e").replace('E', 'e');
    }

    private String printHigh() {
        return open ? "less than " + print(high) : print(high);
    }

    private static String spell(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Boolean parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
