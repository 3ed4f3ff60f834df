package dev.rondo.core.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that an optimiser needs to go on where it was.
 *
 * @param count steps so far
 * @param arrays by name, as in {@code 1.LSTM/f.W/m}
 * @param numbers by name, as in {@code shared/eta}; double, and to be saved as such
 */
public record OptimizerState(long count, Map<String, float[]> arrays, Map<String, Double> numbers) {
    public OptimizerState {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
}
