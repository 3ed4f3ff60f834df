package dev.rondo.verification.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.testkit.Oracle;
import dev.rondo.testkit.Point;
import dev.rondo.testkit.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Penalties and their gradients against values worked out by hand, and what training makes of them. */
class RegularizersTest {
    /** x · W. */
    private record Product(double... w) implements Cell {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Product").size(Descriptor.Size.REQUIRED);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            Expr weight = s.parameter("W", Shape.matrix(x.width(), s.units()), Init.each((i, random) -> w[i]));
            return s.linear("y", Term.weighted(x, weight));
        }
    }

    /** x ⊙ w with w = 1, and a state for nothing if it is to look recurrent. */
    private record Scaled(boolean recurrent) implements Cell {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Scaled").size(Descriptor.Size.REQUIRED);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            Expr y = x.times(s.vector("w", x.width(), Init.ONES));
            return recurrent ? s.next("h", y.plus(s.state("h").times(0))) : y;
        }
    }

    private final Rondo rondo = Rondo.create();

    /** A penalty for one model, with the values that change from pass to pass. */
    private final class Case {
        private final TracedModel model;
        private final Penalty penalty;
        private final Sequences input;
        private final float[][] values;
        private final float[][] results;

        Case(String regularizer, Cell cell, int size, Sequences input) {
            Configured<?> layer = new Configured<>(cell, size, Map.of(), List.of(), "");
            this.input = input;
            model = new Tracer(Gates.STANDARD, rondo::activation).trace(List.of(layer), input.width());
            penalty = Penalty.of(List.of(rondo.specs().regularizer(regularizer)), model)
                    .get(0);
            float[][] parameters = Initialiser.fill(rondo.kernels(), model.stored(), 1);
            float[][] kept = Initialiser.fill(rondo.kernels(), penalty.buffers(), 1);
            values = Arrays.copyOf(parameters, parameters.length + kept.length);
            System.arraycopy(kept, 0, values, parameters.length, kept.length);
            results = Arrays.stream(values).map(float[]::clone).toArray(float[][]::new);
        }

        double value() {
            ModelState start = ModelState.zero(model.states(), input.batch());
            return new Oracle(model).penalty(Point.of(values, input, start), Setting.of(input, start), penalty);
        }

        /** The gradient by the only parameter; no step counts in the loss, so it is that of the penalty. */
        float[] gradient() {
            int rows = input.steps() * input.batch();
            int width = model.output().width();
            Objective objective =
                    Objective.ofNumbers(rondo.specs().loss("MSE"), width).with(List.of(penalty));
            ModelState start = ModelState.zero(model.states(), input.batch());
            rondo.engine()
                    .differentiator(model, objective)
                    .run(
                            values,
                            input,
                            new float[rows * width],
                            new float[rows],
                            start,
                            new RandomKey(1, 0, 0),
                            results);
            return results[0];
        }

        void keep() {
            for (int i = model.parameters().size(); i < values.length; i++) {
                values[i] = results[i].clone();
            }
        }
    }

    private static Sequences sequence(int steps, int width, float... values) {
        return Sequences.of(steps, 1, width, values);
    }

    private static void near(float[] got, double... expected) {
        assertThat(got).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) got[i]).as("element %d", i).isCloseTo(expected[i], within(1e-6));
        }
    }

    /** λ = 0.01, θ = (1, −2): ½ λ Σ θ² = 0.025, gradient λ θ. */
    @Test
    void l2() {
        Case c = new Case("L2_weight=0.01", new Product(1, -2), 2, sequence(1, 1, 1));
        assertThat(c.value()).isCloseTo(0.025, within(1e-12));
        near(c.gradient(), 0.01, -0.02);
    }

    /** λ = 0.01, θ = (1, −2): λ Σ |θ| = 0.03, gradient λ sign(θ). */
    @Test
    void l1() {
        Case c = new Case("L1_weight=0.01", new Product(1, -2), 2, sequence(1, 1, 1));
        assertThat(c.value()).isCloseTo(0.03, within(1e-12));
        near(c.gradient(), 0.01, -0.01);
    }

    /** arXiv 1710.05468 on H = ((1, −2), (0.5, 3), (−1.5, 0.25)): column sums 3 and 5.25; by a scale of H the second alone counts. */
    @Test
    void darc1() {
        Sequences h = sequence(3, 2, 1, -2, 0.5f, 3, -1.5f, 0.25f);
        Case sum = new Case("DARC1_weight=0.001_mean=false", new Scaled(false), 2, h);
        assertThat(sum.value()).isCloseTo(0.00525, within(1e-12));
        near(sum.gradient(), 0, 0.00525);
        Case mean = new Case("DARC1_weight=0.001", new Scaled(false), 2, h);
        assertThat(mean.value()).isCloseTo(0.00175, within(1e-12));
        near(mean.gradient(), 0, 0.00175);
        Case tie = new Case("DARC1_weight=0.001_mean=false", new Scaled(false), 2, sequence(1, 2, 2, -2));
        assertThat(tie.value()).isCloseTo(0.002, within(1e-12));
        near(tie.gradient(), 0.002, 0);
    }

    /** A row that ends earlier counts with the steps that it has. */
    @Test
    void darc1LeavesOutPadding() {
        Sequences ragged = new Sequences(2, 2, 1, new float[] {1, 4, 7, Float.NaN}, new int[] {2, 1}, null);
        Case c = new Case("DARC1_weight=0.3", new Scaled(false), 1, ragged);
        assertThat(c.value()).isCloseTo(0.3 * 12 / 3, within(1e-12));
        near(c.gradient(), 0.3 * 12 / 3);
    }

    /** arXiv 1705.10941 on W = ((3, 0), (4, 5)), σ² = 45, u = (1, 3)/√10, v = (1, 1)/√2; the iteration begins at (1, 0). */
    @Test
    void spectralNorm() {
        Case c = new Case("SpectralNorm_weight=0.01", new Product(3, 0, 4, 5), 2, sequence(1, 2, 1, 1));
        c.values[1][0] = 1;
        c.values[1][1] = 0;
        for (double sigma : new double[] {6.4031242, 6.7041185, 6.7081534, 6.7082033, 6.7082039}) {
            assertThat(Math.sqrt(c.value() / 0.005)).isCloseTo(sigma, within(1e-6));
            c.gradient();
            c.keep();
        }
        assertThat(c.value()).isCloseTo(0.225, within(1e-8));
        near(c.gradient(), 0.015, 0.015, 0.045, 0.045);
    }

    /** arXiv 1708.01009 on h = ((1, 2), (3, −1), (0, 0.5)): 2 mean(h²) = 5.0833333, gradient (2/3) h. */
    @Test
    void activations() {
        Case c = new Case("AR_weight=2", new Scaled(true), 2, sequence(3, 2, 1, 2, 3, -1, 0, 0.5f));
        assertThat(c.value()).isCloseTo(5.0833333, within(1e-7));
        near(c.gradient(), 2 / 3.0 * 10, 2 / 3.0 * 5.25);
    }

    /** arXiv 1708.01009 on the same h: changes (2, −3) and (−3, 1.5), mean of squares 6.0625, gradient by a scale of h twice each unit's share. */
    @Test
    void changes() {
        Case c = new Case("TAR_weight=1", new Scaled(true), 2, sequence(3, 2, 1, 2, 3, -1, 0, 0.5f));
        assertThat(c.value()).isCloseTo(6.0625, within(1e-12));
        near(c.gradient(), 2 * 13 / 4.0, 2 * 11.25 / 4);
        Case single = new Case("TAR_weight=1", new Scaled(true), 2, sequence(1, 2, 1, 2));
        assertThat(single.value()).isZero();
        near(single.gradient(), 0, 0);
    }

    /** Of a row that ends earlier, the change past its end is none: here (4 − 1)² of the first row alone. */
    @Test
    void changesLeaveOutPadding() {
        Sequences ragged = new Sequences(2, 2, 1, new float[] {1, 4, 4, Float.NaN}, new int[] {2, 1}, null);
        Case c = new Case("TAR_weight=0.5", new Scaled(true), 1, ragged);
        assertThat(c.value()).isCloseTo(0.5 * 9, within(1e-12));
        near(c.gradient(), 2 * 0.5 * 9);
    }

    /** A convolution keeps a history, which is no state that comes back. */
    @Test
    void aConvolutionIsNotRecurrent() {
        TracedModel model = new Tracer(Gates.STANDARD, rondo::activation)
                .trace(rondo.layers("RNN_4 CausalConv1d_3_kernel-size=2"), 2);
        assertThat(model.layers()).extracting(TracedLayer::recurrent).containsExactly(true, false);
        Expr value = Penalty.of(List.of(rondo.specs().regularizer("AR")), model)
                .get(0)
                .value();
        assertThat(Graphs.reachable(value)).doesNotContain(model.layers().get(1).output());
    }

    /** In AWD-LSTM the penalty sees what dropout has left. */
    @Test
    void activationsAreThoseAfterDropout() {
        for (String spec : new String[] {"RNN_4 Dropout_p=.5 Linear_3", "RNN_4 Linear_4 Linear_3"}) {
            TracedModel model = new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers(spec), 2);
            Expr value = Penalty.of(List.of(rondo.specs().regularizer("AR")), model)
                    .get(0)
                    .value();
            assertThat(Graphs.reachable(value).contains(model.layers().get(1).output()))
                    .as("%s: the layer after the recurrent one is read", spec)
                    .isEqualTo(spec.contains("Dropout"));
        }
    }

    @Test
    void whatHasNothingToWorkOnIsRefused() {
        assertThatThrownBy(() -> new Case("AR", new Scaled(false), 2, sequence(1, 2, 1, 1)))
                .isInstanceOf(UsageException.class)
                .hasMessage("AR: needs a layer that carries a state, and there is none");
        assertThatThrownBy(() -> new Case("L2", new Scaled(false), 2, sequence(1, 2, 1, 1)))
                .isInstanceOf(UsageException.class)
                .hasMessage("L2: needs a layer with a weight matrix, and there is none");
    }

    /** A strong penalty leaves smaller weights; the model that comes out has its own arrays and no others. */
    @Test
    void trainingPullsWeightsTogether() {
        Dataset data = Dataset.open(rondo.source("sine_1"), DataSetup.standard().withSeries(2));
        Model fresh = Model.of(rondo, ModelSpec.of("LSTM_4", data), 1);
        TrainingPlan plan = TrainingPlan.standard().withEpochs(3);
        Model free = fresh.train(data, "Adam_lr=0.05", plan);
        Model held = fresh.train(
                data, "Adam_lr=0.05", plan.withRegularizers(List.of("L2_weight=10", "SpectralNorm_weight=1")));
        assertThat(held.parameters().length).isEqualTo(free.parameters().length);
        assertThat(squares(held)).isLessThan(0.6 * squares(free));
    }

    private static double squares(Model model) {
        double sum = 0;
        for (int i = 0; i < model.parameters().length; i++) {
            for (float value : model.parameters()[i]) {
                sum += value * value;
            }
        }
        return sum;
    }
}
