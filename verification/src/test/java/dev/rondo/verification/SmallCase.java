package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Buffer;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import dev.rondo.plugins.activations.Identity;
import dev.rondo.plugins.activations.Tanh;
import dev.rondo.testkit.Draws;
import dev.rondo.testkit.Oracle;
import dev.rondo.testkit.Point;
import dev.rondo.testkit.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One layer with weights that are all different, small enough to be followed by hand.
 *
 * <p>The equations run through the oracle, and in evaluation through the engine as well, which has to agree within 1e-6.
 * {@link #dot} and {@link #at} give the same weights to the formula of a test.
 */
public final class SmallCase {
    private static final Map<String, Activation> ACTIVATIONS = Map.of("identity", new Identity(), "tanh", new Tanh());

    private final TracedModel model;
    private final Map<String, double[]> weights = new LinkedHashMap<>();

    private SmallCase(TracedModel model) {
        this.model = model;
        int count = 0;
        for (Stored each : model.stored()) {
            double[] values = new double[each.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.8 * Math.sin(1.7 * ++count);
            }
            weights.put(each.name(), values);
        }
    }

    /** {@code layer} on {@code inputs} features. */
    public static SmallCase of(Configured<?> layer, int inputs) {
        return of(layer, inputs, Gates.STANDARD);
    }

    /** {@code layer} with other gates. */
    public static SmallCase of(Configured<?> layer, int inputs, Gates gates) {
        Tracer tracer = new Tracer(gates, name -> Configured.of(ACTIVATIONS.get(name)));
        return new SmallCase(tracer.trace(List.of(layer), inputs));
    }

    /** {@code plugin} of {@code size} units, with options as a spec words them: {@code key=value}. */
    public static Configured<?> layer(Plugin plugin, int size, String... options) {
        Map<Option<?>, Object> values = new HashMap<>();
        for (String text : options) {
            String[] parts = text.split("=", 2);
            Option<?> option = plugin.describe().options().stream()
                    .filter(each -> each.key().equals(parts[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no option " + text));
            values.put(option, option.parse(parts[1]));
        }
        return new Configured<>(plugin, size, values, List.of(), "");
    }

    /** {@code wrapper} around {@code layer}. */
    public static Configured<?> wrapped(Plugin wrapper, Configured<?> layer, String... options) {
        Configured<?> outer = layer(wrapper, 0, options);
        return new Configured<>(outer.plugin(), 0, outer.options(), List.of(layer), "");
    }

    /** Names of all parameters, without the layer's path. */
    public List<String> parameters() {
        return weights.keySet().stream()
                .map(name -> name.substring(name.indexOf('/') + 1))
                .toList();
    }

    /** Gives a parameter other values. */
    public SmallCase with(String name, double... values) {
        if (values.length != weight(name).length) {
            throw new IllegalArgumentException(name + " has " + weight(name).length + " values, not " + values.length);
        }
        System.arraycopy(values, 0, weight(name), 0, values.length);
        return this;
    }

    /** Σₖ operand[k] · weight[k][j]. */
    public double dot(double[] operand, String name, int j) {
        double[] weight = weight(name);
        int columns = weight.length / operand.length;
        double sum = 0;
        for (int k = 0; k < operand.length; k++) {
            sum += operand[k] * weight[k * columns + j];
        }
        return sum;
    }

    /** What {@code affine(name, x, h)} sums up for unit j: x · W + h · U + b. */
    public double sum(String name, double[] x, double[] h, int j) {
        return dot(x, name + ".W", j) + dot(h, name + ".U", j) + at(name + ".b", j);
    }

    /** Element j of a vector. */
    public double at(String name, int j) {
        return weight(name)[j];
    }

    private double[] weight(String name) {
        String full = model.layers().get(0).path() + "/" + name;
        double[] values = weights.get(full);
        if (values == null) {
            throw new IllegalArgumentException("no parameter " + name + ", there are " + parameters());
        }
        return values;
    }

    /** The output at each step, in evaluation, from a zero state. */
    public double[][] run(double[][] x) {
        return run(x, null, null);
    }

    /** The same with time stamps. */
    public double[][] run(double[][] x, double[] stamps) {
        return run(x, stamps, null);
    }

    /** The output at each step in training, with random draws from {@code draws}. */
    public double[][] train(double[][] x, Draws draws) {
        return run(x, null, draws);
    }

    /** The same with time stamps. */
    public double[][] train(double[][] x, double[] stamps, Draws draws) {
        return run(x, stamps, draws);
    }

    /** The new value of a buffer after {@code x} as a chunk of training. */
    public double[] buffer(String name, double[][] x) {
        String full = model.layers().get(0).path() + "/" + name;
        List<Buffer> buffers = model.buffers();
        for (int i = 0; i < buffers.size(); i++) {
            if (buffers.get(i).name().equals(full)) {
                return new Oracle(model).buffers(point(x), setting(x, null, Draws.MEANS))[i];
            }
        }
        throw new IllegalArgumentException("no buffer " + name);
    }

    private double[][] run(double[][] x, double @Nullable [] stamps, @Nullable Draws draws) {
        double[] output = oracle(x, stamps, draws);
        if (draws == null) {
            agree(engine(x, stamps), output);
        }
        return steps(output, x.length);
    }

    private double[] oracle(double[][] x, double @Nullable [] stamps, @Nullable Draws draws) {
        return new Oracle(model).evaluate(point(x), setting(x, stamps, draws)).output();
    }

    /** The output in evaluation by the oracle alone, where float cannot be as exact. */
    public double[][] exact(double[][] x) {
        return steps(oracle(x, null, null), x.length);
    }

    /** The output in evaluation by the engine alone, all steps one after the other. */
    public float[] floats(double[][] x) {
        return engine(x, null);
    }

    private static void agree(float[] got, double[] expected) {
        assertThat(got).as("the engine's output").hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            double tolerance = 1e-6 * Math.max(1, Math.abs(expected[i]));
            assertThat((double) got[i]).as("the engine's output %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private float[] engine(double[][] x, double @Nullable [] stamps) {
        float[][] parameters = weights.values().stream().map(SmallCase::floats).toArray(float[][]::new);
        Sequences input = new Sequences(x.length, 1, x[0].length, floats(flat(x)), null, stamps);
        try (CpuEngine engine = new CpuEngine(KernelChoice.find().kernels(), 1)) {
            ModelState start = ModelState.zero(model.states(), 1);
            return engine.evaluator(model).run(parameters, input, start).output();
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The derivative of the output at each step, along the same change of all inputs. */
    public double[][] slopeByInput(double[][] x) {
        Point direction = point(x).zero();
        Arrays.fill(direction.input(), 1);
        return slope(x, direction);
    }

    /** The derivative of the output at each step, along the same change of all parameters. */
    public double[][] slopeByParameters(double[][] x) {
        Point direction = point(x).zero();
        for (double[] each : direction.parameters()) {
            Arrays.fill(each, 1);
        }
        return slope(x, direction);
    }

    private double[][] slope(double[][] x, Point direction) {
        Oracle.Outcome outcome = new Oracle(model).evaluate(point(x), direction, setting(x, null, null));
        return steps(outcome.slope(), x.length);
    }

    private Point point(double[][] x) {
        List<double[]> states = new ArrayList<>();
        model.states().forEach(slot -> states.add(new double[slot.length()]));
        return new Point(weights.values().toArray(double[][]::new), flat(x), states.toArray(double[][]::new));
    }

    private Setting setting(double[][] x, double @Nullable [] stamps, @Nullable Draws draws) {
        float[] none = new float[x.length * x[0].length];
        Sequences input = new Sequences(x.length, 1, x[0].length, none, null, stamps);
        Setting setting = Setting.of(input, ModelState.zero(model.states(), 1));
        return draws == null ? setting : setting.training(draws);
    }

    private static double[] flat(double[][] x) {
        return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[][] steps(double[] flat, int count) {
        int width = flat.length / count;
        double[][] steps = new double[count][];
        for (int t = 0; t < count; t++) {
            steps[t] = Arrays.copyOfRange(flat, t * width, (t + 1) * width);
        }
        return steps;
    }
}
