package dev.rondo.core.spec;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads specs: {@code TYPE[(SPEC …)][_SIZE][_key=value…]}, for data also {@code TYPE:PATH[_key=value…]}.
 *
 * <p>Every method throws a {@link UsageException} whose message lists all errors of the spec.
 */
public final class Specs {
    private final Registry registry;

    public Specs(Registry registry) {
        this.registry = registry;
    }

    /** A stack of layers, separated by blanks; an activation may stand as a layer. */
    public List<Configured<?>> layers(String spec) {
        Report report = new Report(spec);
        Scanner scanner = new Scanner(spec, "layers", report);
        List<Item> items = scanner.list();
        if (items.isEmpty() && scanner.isWhole()) {
            report.add("layers", "no layer is named", new Span(0, 0), List.of("as in LSTM_50"));
        }
        Binder binder = new Binder(registry, spec, report);
        List<Configured<?>> layers = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String where = "layer " + (i + 1) + " of " + items.size();
            Configured<?> layer = binder.bind(items.get(i), List.of(Kind.LAYER, Kind.ACTIVATION), where);
            if (layer != null) {
                layers.add(layer);
            }
        }
        report.throwIfAny();
        return List.copyOf(layers);
    }

    /** One layer, as it would stand in a stack. */
    public Configured<Layer> layer(String spec) {
        return one(Kind.LAYER, spec);
    }

    /** What stands in place of a cell's sigmoid or tanh. */
    public Configured<Activation> activation(String spec) {
        return one(Kind.ACTIVATION, spec);
    }

    public Configured<Optimizer> optimizer(String spec) {
        return one(Kind.OPTIMIZER, spec);
    }

    public Configured<Schedule> schedule(String spec) {
        return one(Kind.SCHEDULE, spec);
    }

    public Configured<Regularizer> regularizer(String spec) {
        return one(Kind.REGULARIZER, spec);
    }

    public Configured<TrainingMethod> method(String spec) {
        return one(Kind.METHOD, spec);
    }

    /** What runs layers elsewhere, as in {@code "cuda_precision=tf32"}. */
    public Configured<Accelerator> accelerator(String spec) {
        return one(Kind.ACCELERATOR, spec);
    }

    public Configured<Loss> loss(String spec) {
        return one(Kind.LOSS, spec);
    }

    public Configured<Metric> metric(String spec) {
        return one(Kind.METRIC, spec);
    }

    /** Where series come from; blanks belong to the path. */
    public Configured<SeriesSource> source(String spec) {
        return one(Kind.DATA, spec);
    }

    /** The plugin of one kind that {@code spec} names. */
    public <P extends Plugin> Configured<P> one(Kind<P> kind, String spec) {
        Report report = new Report(spec);
        Scanner scanner = new Scanner(spec, kind.word(), report);
        Item item = scanner.one();
        Configured<?> result = null;
        if (item == null && scanner.isWhole()) {
            report.add(kind.word(), "no " + kind.word() + " is named", new Span(0, 0), List.of());
        } else if (item != null) {
            result = new Binder(registry, spec, report).bind(item, List.of(kind), kind.word());
        }
        report.throwIfAny();
        return cast(result);
    }

    /**
     * Whether {@code spec} sets the option {@code key} of the plugin that it names first; also to its default, which the use
     * that is read from it does not keep.
     */
    public static boolean sets(String spec, String key) {
        Item item = new Scanner(spec, "spec", new Report(spec)).one();
        return item != null
                && item.settings().stream().anyMatch(each -> each.key().of(spec).equalsIgnoreCase(key));
    }

    /** The stack of layers {@code spec} with a size for each layer, wrapped ones too, that needs one and is named without. */
    public String sized(String spec, int size) {
        StringBuilder sized = new StringBuilder(spec);
        size(new Scanner(spec, "layers", new Report(spec)).list(), spec, "_" + size, sized);
        return sized.toString();
    }

    /** From the last to the first, so that places stay what they are. */
    private void size(List<Item> items, String spec, String size, StringBuilder sized) {
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            boolean needed = registry.find(Kind.LAYER, item.head().of(spec))
                    .filter(each -> each.descriptor().size() == Descriptor.Size.REQUIRED)
                    .isPresent();
            List<Item> wrapped = item.wrapped();
            if (needed && wrapped == null) {
                sized.insert(item.head().end(), size);
            } else if (needed && item.tail().of(spec).isEmpty()) {
                sized.insert(item.tail().start(), size);
            }
            if (wrapped != null) {
                size(wrapped, spec, size, sized);
            }
        }
    }

    /** The spec of a stack of layers. */
    public static String print(List<? extends Configured<?>> layers) {
        return layers.stream().map(Configured::spec).collect(Collectors.joining(" "));
    }

    @SuppressWarnings("unchecked") // the binder looks among plugins of the asked kind only
    private static <P extends Plugin> Configured<P> cast(@Nullable Configured<?> configured) {
        if (configured == null) {
            throw new IllegalStateException("nothing was bound, yet nothing was reported");
        }
        return (Configured<P>) configured;
    }
}
