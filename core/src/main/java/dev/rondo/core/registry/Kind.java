package dev.rondo.core.registry;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.TrainingMethod;
import java.util.List;
import java.util.Optional;

/**
 * A kind of plugin.
 *
 * @param type interface that plugins of this kind implement and services files are named after
 * @param word singular, as messages use it
 * @param words plural
 * @param space kinds with the same space may not share a name: layers and activations stand in the same list
 */
public record Kind<P extends Plugin>(Class<P> type, String word, String words, String space) {
    public static final Kind<Layer> LAYER = new Kind<>(Layer.class, "layer", "layers", "layer");
    public static final Kind<Activation> ACTIVATION =
            new Kind<>(Activation.class, "activation", "activations", "layer");
    public static final Kind<Optimizer> OPTIMIZER = new Kind<>(Optimizer.class, "optimizer", "optimizers", "optimizer");
    public static final Kind<Schedule> SCHEDULE = new Kind<>(Schedule.class, "schedule", "schedules", "schedule");
    public static final Kind<Regularizer> REGULARIZER =
            new Kind<>(Regularizer.class, "regularizer", "regularizers", "regularizer");
    public static final Kind<TrainingMethod> METHOD =
            new Kind<>(TrainingMethod.class, "training method", "training methods", "method");
    public static final Kind<Loss> LOSS = new Kind<>(Loss.class, "loss", "losses", "loss");
    public static final Kind<Metric> METRIC = new Kind<>(Metric.class, "metric", "metrics", "metric");
    public static final Kind<SeriesSource> DATA = new Kind<>(SeriesSource.class, "data source", "data sources", "data");

    public static final Kind<Accelerator> ACCELERATOR =
            new Kind<>(Accelerator.class, "accelerator", "accelerators", "accelerator");

    private static final List<Kind<?>> ALL =
            List.of(LAYER, ACTIVATION, OPTIMIZER, SCHEDULE, REGULARIZER, METHOD, LOSS, METRIC, DATA, ACCELERATOR);

    /** Every kind, in the order of lists. */
    public static List<Kind<?>> all() {
        return ALL;
    }

    /** The kind that {@code word} means: its name, the plural of it, or that of its name space. */
    public static Optional<Kind<?>> of(String word) {
        return ALL.stream()
                .filter(each -> word.equalsIgnoreCase(each.word)
                        || word.equalsIgnoreCase(each.words)
                        || word.equalsIgnoreCase(each.space))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
