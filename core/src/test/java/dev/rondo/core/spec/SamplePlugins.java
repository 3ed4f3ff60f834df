package dev.rondo.core.spec;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Descriptor.Size;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Origin;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import java.util.List;

/** Plugins that stretch the grammar; their equations are never asked for. */
final class SamplePlugins {
    enum Form {
        FINAL_FORM,
        V1
    }

    static final Option<Double> P = Option.real("p", 0.5).range(0, 1).doc("share that is dropped");
    static final Option<Integer> KERNEL_SIZE = Option.whole("kernel-size", 2).range(1, 1000);
    static final Option<Integer> DILATION = Option.whole("dilation", 1).range(1, Double.POSITIVE_INFINITY);
    static final Option<Double> FORGET_BIAS = Option.real("forget-bias", 1);
    static final Option<Boolean> PEEPHOLE = Option.flag("peephole", false);
    static final Option<String> ACTIVATION = Option.activation("activation", "tanh");
    static final Option<Form> FORM = Option.choice("form", Form.FINAL_FORM);
    static final Option<String> NOTE = Option.text("note", "");
    static final Option<Double> ALPHA = Option.real("alpha", 1);
    static final Option<Double> BETA = Option.real("beta1", 0.9).range(0, 1);

    private SamplePlugins() {}

    record SampleLayer(Descriptor describe) implements Layer {
        @Override
        public Expr forward(LayerScope s, Expr x) {
            return x;
        }
    }

    record SampleActivation(Descriptor describe) implements Activation {
        @Override
        public Expr of(ActivationScope s, Expr x) {
            return x;
        }
    }

    record SampleOptimizer(Descriptor describe) implements Optimizer {
        @Override
        public Expr update(OptimizerScope s) {
            return s.parameter();
        }
    }

    record SampleSource(Descriptor describe, boolean readsFile) implements SeriesSource {
        @Override
        public Series open(SourceScope s) {
            throw new UnsupportedOperationException("the grammar opens nothing");
        }
    }

    static Registry registry() {
        Origin cells = new Origin("/opt/rondo/lib/cells.jar", "1.0");
        Origin more = new Origin("/opt/rondo/lib/more.jar", "1.0");
        return new Registry(
                List.of(
                        layer(
                                cells,
                                Descriptor.of("LSTM")
                                        .example("LSTM_16")
                                        .size(Size.REQUIRED)
                                        .options(FORGET_BIAS, PEEPHOLE)),
                        layer(cells, Descriptor.of("GRU").example("GRU_16").size(Size.REQUIRED)),
                        layer(
                                cells,
                                Descriptor.of("SRU")
                                        .example("SRU_16")
                                        .size(Size.REQUIRED)
                                        .options(FORM, ACTIVATION, NOTE)),
                        layer(
                                more,
                                Descriptor.of("Dropout")
                                        .example("Dropout_p=0.2")
                                        .options(P)),
                        layer(
                                more,
                                Descriptor.of("Bidirectional")
                                        .example("Bidirectional(LSTM_16)")
                                        .wraps(1, 1)),
                        layer(
                                more,
                                Descriptor.of("Zoneout")
                                        .example("Zoneout(GRU_16)_p=0.1")
                                        .wraps(1, 1)
                                        .options(P)),
                        layer(
                                more,
                                Descriptor.of("Stack")
                                        .example("Stack(GRU_16 tanh)_8")
                                        .wraps(1, 3)
                                        .size(Size.OPTIONAL)),
                        layer(
                                more,
                                Descriptor.of("CausalConv1d")
                                        .example("CausalConv1d_16_kernel-size=3")
                                        .size(Size.REQUIRED)
                                        .options(KERNEL_SIZE, DILATION)),
                        activation(Descriptor.of("tanh")),
                        activation(Descriptor.of("ISRU_tanh").options(ALPHA)),
                        activation(Descriptor.of("Bipolar")
                                .example("Bipolar(tanh)")
                                .wraps(1, 1)),
                        optimizer(Descriptor.of("Adam").learningRate(0.001).options(BETA)),
                        optimizer(Descriptor.of("Adam_HD").learningRate(0.002)),
                        optimizer(Descriptor.of("COCOB").options(ALPHA)),
                        source(Descriptor.of("sine_1").options(ALPHA), false),
                        source(Descriptor.of("csv").example("csv:prices.csv").options(NOTE, ALPHA), true)),
                List.of());
    }

    /** A convolution that has a second name. */
    static Registry withPreset() {
        Descriptor conv = Descriptor.of("Conv")
                .example("Conv_16")
                .size(Size.REQUIRED)
                .options(KERNEL_SIZE, DILATION)
                .preset("WideConv", wide -> wide, "kernel-size=9", "dilation=2");
        return new Registry(List.of(layer(new Origin("/opt/rondo/lib/conv.jar", ""), conv)), List.of());
    }

    private static Registered<Layer> layer(Origin origin, Descriptor descriptor) {
        return new Registered<>(Kind.LAYER, new SampleLayer(descriptor), descriptor, origin);
    }

    private static Registered<Activation> activation(Descriptor descriptor) {
        return new Registered<>(
                Kind.ACTIVATION,
                new SampleActivation(descriptor),
                descriptor,
                new Origin("/opt/rondo/lib/act.jar", ""));
    }

    private static Registered<SeriesSource> source(Descriptor descriptor, boolean readsFile) {
        return new Registered<>(
                Kind.DATA,
                new SampleSource(descriptor, readsFile),
                descriptor,
                new Origin("/opt/rondo/lib/data.jar", ""));
    }

    private static Registered<Optimizer> optimizer(Descriptor descriptor) {
        return new Registered<>(
                Kind.OPTIMIZER, new SampleOptimizer(descriptor), descriptor, new Origin("/opt/rondo/lib/opt.jar", ""));
    }
}
