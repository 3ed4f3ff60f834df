package dev.rondo.core.spec;

import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The option {@code lr} that every optimiser has whose descriptor names a learning rate. */
public final class LearningRate {
    public static final String KEY = "lr";

    /** Options are compared by identity, so one default must always give the same option. */
    private static final Map<Double, Option<Double>> OPTIONS = new ConcurrentHashMap<>();

    private LearningRate() {}

    /** The option, absent where the optimiser has no learning rate. */
    public static Optional<Option<Double>> option(Descriptor descriptor) {
        return descriptor
                .learningRate()
                .map(standard -> OPTIONS.computeIfAbsent(
                        standard,
                        value -> Option.real(KEY, value)
                                .range(0, Double.POSITIVE_INFINITY)
                                .doc("learning rate")));
    }
}
