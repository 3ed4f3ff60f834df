package dev.rondo.api.expr;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Named values in a fixed order, such as the states of a nested cell; immutable. */
public final class Bundle {
    private static final Bundle EMPTY = new Bundle(new LinkedHashMap<>());

    private final LinkedHashMap<String, Expr> values;

    private Bundle(LinkedHashMap<String, Expr> values) {
        this.values = values;
    }

    public static Bundle empty() {
        return EMPTY;
    }

    public static Bundle of(String name, Expr value) {
        return EMPTY.put(name, value);
    }

    public static Bundle of(Map<String, Expr> values) {
        return new Bundle(new LinkedHashMap<>(values));
    }

    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(values.keySet());
    }

    /**
     * The value called {@code name}.
     *
     * @throws ExpressionException if there is none
     */
    public Expr get(String name) {
        Expr value = values.get(name);
        if (value == null) {
            throw new ExpressionException("get", "no value '" + name + "', there are " + values.keySet());
        }
        return value;
    }

    /** This bundle with {@code name} added or replaced. */
    public Bundle put(String name, Expr value) {
        LinkedHashMap<String, Expr> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Bundle(more);
    }

    public Bundle map(UnaryOperator<Expr> function) {
        return zip(this, (name, value, same) -> function.apply(value));
    }

    /** Combines values of equal names; {@code other} must have every name of this bundle. */
    public Bundle zip(Bundle other, Zip function) {
        LinkedHashMap<String, Expr> zipped = new LinkedHashMap<>();
        values.forEach((name, value) -> zipped.put(name, function.at(name, value, other.get(name))));
        return new Bundle(zipped);
    }

    /** Adds values of equal names. */
    public Bundle plus(Bundle other) {
        return zip(other, (name, mine, more) -> mine.plus(more));
    }

    /** Every value times {@code factor}. */
    public Bundle times(Expr factor) {
        return map(value -> value.times(factor));
    }

    /** Every value by {@code divisor}. */
    public Bundle div(Expr divisor) {
        return map(value -> value.div(divisor));
    }

    /** The sum of the products of all elements of values of equal names. */
    public Expr dot(Bundle other) {
        return names().stream()
                .map(name -> Fn.dot(get(name), other.get(name)))
                .reduce(Expr::plus)
                .orElse(Expr.of(0));
    }

    /** Euclidean norm over all elements of all values; derivative 0 at 0. */
    public Expr norm() {
        return Fn.root(dot(this));
    }

    /** Combines two values of one name. */
    @FunctionalInterface
    public interface Zip {
        Expr at(String name, Expr mine, Expr other);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
