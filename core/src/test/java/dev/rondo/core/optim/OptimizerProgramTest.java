package dev.rondo.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Parameter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The expected values of the named methods were computed in numpy from the formulas of their papers. */
final class OptimizerProgramTest {
    private static final Kernels KERNELS = KernelChoice.find().kernels();

    private final Parameter w = parameter("w", Shape.vector(2));

    @Test
    void lossAndGradientPoint() {
        OptimizerProgram program = create(SampleOptimizers.adine(0.12), w);
        assertThat(program.hasGradientPoint()).isTrue();
        assertThat(program.gradientPointReadsLoss()).isTrue();
        float[][] values = {{1, 0.5f}};
        double[][] expected = {
            {0.88, -0.1}, {0.6687894, 0.1400120}, {0.4026508, -0.0760096}, {0.1201073, 0.0584106},
            {-0.1429687, -0.0385688}, {-0.3573425, 0.0271116}, {-0.5031292, -0.0185597}, {-0.5582168, 0.0119328}
        };
        for (double[] each : expected) {
            quadraticStep(program, values);
            near(values[0], each);
        }
        assertThat(program.state().numbers().get("shared/A")).isCloseTo(0.1034640, within(1e-6));
    }

    @Test
    void initialValuesAndSharedNumbers() {
        OptimizerProgram program = create(SampleOptimizers.scheduleFree(0.05), w);
        assertThat(program.gradientPointReadsLoss()).isFalse();
        float[][] values = {{1, 0.5f}};
        quadraticStep(program, values);
        near(values[0], 0.95, 0.25);
        quadraticStep(program, values);
        near(values[0], 0.92625, 0.1875);
        float[][] point = {new float[2]};
        program.gradientPoint(values, 0, 1, point);
        near(point[0], 0.9238750, 0.1812500);
        quadraticStep(program, values);
        near(values[0], 0.9029354, 0.1364583);
        near(program.state().arrays().get("w/z"), 0.8563062, 0.0343750);
    }

    @Test
    void totalsOverAllParametersComeFirst() {
        Parameter[] split = {parameter("a", Shape.vector(1)), parameter("b", Shape.scalar())};
        OptimizerProgram whole = create(SampleOptimizers.prodigy(0.01), w);
        OptimizerProgram parts = create(SampleOptimizers.prodigy(0.01), split);
        float[][] values = {{1, 0.5f}};
        float[][] pieces = {{1}, {0.5f}};
        double[] rates = {0.01, 0.015343322, 0.045383094, 0.127920900, 0.307506478};
        double[][] expected = {
            {0.9683772, 0.4683772},
            {0.9259224, 0.4259763},
            {0.8502182, 0.3501003},
            {0.6303117, 0.1234033},
            {0.0096299, -0.5768319}
        };
        for (int t = 0; t < rates.length; t++) {
            quadraticStep(whole, values);
            near(values[0], expected[t]);
            assertThat(whole.state().numbers().get("shared/d")).isCloseTo(rates[t], within(1e-6));
            parts.step(pieces, new float[][] {{pieces[0][0]}, {10 * pieces[1][0]}}, 0, 1);
            near(new float[] {pieces[0][0], pieces[1][0]}, expected[t]);
        }
    }

    @Test
    void normsOfParameters() {
        OptimizerProgram program = create(SampleOptimizers.lamb(0.1, 0.01), w);
        float[][] values = {{1, -2}};
        program.step(values, new float[][] {{0.5f, -1}}, 0, 1);
        near(values[0], 0.8426670, -1.8411091);
        program.step(values, new float[][] {{0.25f, 2}}, 0, 1);
        near(values[0], 0.6527480, -1.9113122);
        program.step(values, new float[][] {{-0.75f, 0.1f}}, 0, 1);
        near(values[0], 0.7032492, -2.1068668);
    }

    @Test
    void productsOfMatrices() {
        OptimizerProgram program = create(SampleOptimizers.muon(0.02), parameter("m", Shape.matrix(2, 2)));
        float[][] values = {{1, -2, 0.5f, 3}};
        program.step(values, new float[][] {{0.1f, -0.2f, 0.3f, 0.4f}}, 0, 1);
        near(values[0], 0.9842285, -1.9862477, 0.4882670, 2.9902862);
        program.step(values, new float[][] {{-0.5f, 0.1f, 0.2f, -0.3f}}, 0, 1);
        near(values[0], 0.9968879, -1.9762478, 0.4816054, 3.0062123);
    }

    @Test
    void theScheduleScalesTheLearningRate() {
        OptimizerProgram program = create(descent(), w);
        float[][] values = {{1, -2}};
        program.step(values, new float[][] {{1, 1}}, 0, 0.5);
        near(values[0], 0.95, -2.05);
    }

    @Test
    void constraintsHoldAfterEachStep() {
        Expr leaf = w.leaf();
        Parameter bounded = new Parameter("w", leaf, Init.ZEROS, Role.VECTOR, Fn.clamp(leaf, -1, 1));
        OptimizerProgram program = create(descent(), bounded);
        float[][] values = {{0.95f, 0}};
        program.step(values, new float[][] {{-100, 0.1f}}, 0, 1);
        near(values[0], 1, -0.01);
    }

    @Test
    void newValuesComeFromOldOnes() {
        Optimizer shift = SampleOptimizers.rule("Shift", 1, s -> {
            s.next("first", s.parameter());
            s.next("second", s.state("first"));
            s.next("third", s.state("second"));
            return s.state("third").plus(s.gradient());
        });
        OptimizerProgram program = create(shift, w);
        float[][] values = {{1, 2}};
        program.step(values, new float[][] {{5, 5}}, 0, 1);
        near(values[0], 5, 5);
        program.step(values, new float[][] {{6, 6}}, 0, 1);
        Map<String, float[]> arrays = program.state().arrays();
        near(arrays.get("w/first"), 5, 5);
        near(arrays.get("w/second"), 1, 2);
        near(arrays.get("w/third"), 0, 0);
    }

    @Test
    void aRestoredStateGoesOnBitForBit() {
        OptimizerProgram program = create(SampleOptimizers.prodigy(0.01), w);
        float[][] values = {{1, 0.5f}};
        quadraticStep(program, values);
        quadraticStep(program, values);
        OptimizerProgram other = create(SampleOptimizers.prodigy(0.01), w);
        other.restore(program.state());
        float[][] copy = {values[0].clone()};
        for (int t = 0; t < 5; t++) {
            quadraticStep(program, values);
            quadraticStep(other, copy);
            assertThat(copy[0]).containsExactly(values[0]);
        }
        assertThat(other.count()).isEqualTo(7);
        assertThat(other.state().numbers()).isEqualTo(program.state().numbers());
        OptimizerProgram fresh = create(SampleOptimizers.prodigy(0.01), w);
        assertThat(fresh.state().arrays()).isEmpty();
        fresh.restore(fresh.state());
        assertThat(fresh.count()).isZero();
        assertThatThrownBy(() -> create(SampleOptimizers.lamb(1, 0), w).restore(program.state()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the optimiser has no state 'shared/N'");
    }

    @Test
    void whatIsWrongIsSaidWithOptimizerAndParameter() {
        wrong(s -> s.parameter().plus(s.state("v")), "w: update: no next value for the state 'v'");
        wrong(s -> s.next("v", s.gradient()), "next: there is no state and no shared number 'v'");
        wrong(s -> s.next("v", s.next("v", s.state("v"))), "next: a second next value for 'v'");
        wrong(
                s -> s.parameter().times(s.next("r", s.shared("r", 1).plus(Fn.sum(s.gradient())))),
                "Wrong: the shared number 'r' reads input gradient[features 2], which belongs to one parameter: use total(…)");
        wrong(s -> s.parameter().times(s.total("t", s.gradient())), "total: 't' adds numbers");
        wrong(
                s -> {
                    Expr t = s.total("a", Fn.sum(s.gradient().times(s.shared("b", 0))));
                    s.next("b", t);
                    return Expr.node(Op.INPUT, Shape.vector(3), Map.of());
                },
                "w: update: a value of shape [features 3], expected [features 2]");
        Optimizer rateless = new Optimizer() {
            @Override
            public Descriptor describe() {
                return Descriptor.of("Rateless");
            }

            @Override
            public Expr update(OptimizerScope s) {
                return s.parameter().minus(s.learningRate());
            }
        };
        assertThatThrownBy(() -> create(rateless, w))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the descriptor of Rateless names none");
        assertThatThrownBy(() -> OptimizerProgram.withLearningRate(Configured.of(rateless), 0.1))
                .isInstanceOf(UsageException.class)
                .hasMessage("Rateless has no learning rate: leave --lr out");
    }

    @Test
    void parametersMustAgreeOnSharedNumbers() {
        Optimizer uneven = SampleOptimizers.rule(
                "Uneven",
                1,
                s -> s.parameter()
                        .times(s.next(
                                "r", s.shared("r", 1).plus(s.parameter().shape().length()))));
        assertThatThrownBy(() -> create(uneven, w, parameter("v", Shape.vector(3))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Uneven for v: next: the shared number 'r' depends on the parameter");
    }

    @Test
    void aLearningRateMayBeOverridden() {
        Configured<Optimizer> faster = OptimizerProgram.withLearningRate(Configured.of(descent()), 0.5);
        OptimizerProgram program = OptimizerProgram.create(KERNELS, faster, List.of(w));
        float[][] values = {{1, -2}};
        program.step(values, new float[][] {{1, 1}}, 0, 1);
        near(values[0], 0.5, -2.5);
        Option<Double> own = Option.real("lr", 0.1);
        Optimizer learnt = new Optimizer() {
            @Override
            public Descriptor describe() {
                return Descriptor.of("Learnt").options(own);
            }

            @Override
            public Expr update(OptimizerScope s) {
                return s.parameter().minus(s.option(own).times(s.gradient()));
            }
        };
        Configured<Optimizer> other = OptimizerProgram.withLearningRate(Configured.of(learnt), 0.5);
        assertThat(other.value(own)).isEqualTo(0.5);
    }

    @Test
    void aStepAllocatesNothing() {
        Parameter[] parameters = {w, parameter("m", Shape.matrix(40, 30)), parameter("s", Shape.scalar())};
        for (Optimizer optimizer : List.of(SampleOptimizers.prodigy(0.01), SampleOptimizers.lamb(0.01, 0.1))) {
            OptimizerProgram program = create(optimizer, parameters);
            float[][] values = {{1, 2}, new float[1200], {3}};
            float[][] gradients = {{1, 2}, new float[1200], {3}};
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long least = Long.MAX_VALUE; // until the JIT has compiled the vector kernels, their values are objects
            for (int round = 0; round < 30 && least >= 1000 * 100; round++) {
                long before = threads.getThreadAllocatedBytes(thread);
                for (int t = 0; t < 1000; t++) {
                    program.step(values, gradients, 1, 1);
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            }
            assertThat(least).isLessThan(1000 * 100);
        }
    }

    private void wrong(Function<OptimizerScope, Expr> update, String message) {
        assertThatThrownBy(() -> create(SampleOptimizers.rule("Wrong", 1, update), w))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private static Optimizer descent() {
        return SampleOptimizers.rule(
                "Descent", 0.1, s -> s.parameter().minus(s.learningRate().times(s.gradient())));
    }

    /** One step on ½(θ₁² + 10 θ₂²). */
    private static void quadraticStep(OptimizerProgram program, float[][] values) {
        double loss = 0.5 * (values[0][0] * values[0][0] + 10 * values[0][1] * values[0][1]);
        float[][] point = {new float[2]};
        program.gradientPoint(values, loss, 1, point);
        program.step(values, new float[][] {{point[0][0], 10 * point[0][1]}}, loss, 1);
    }

    private static OptimizerProgram create(Optimizer optimizer, Parameter... parameters) {
        return OptimizerProgram.create(KERNELS, Configured.of(optimizer), List.of(parameters));
    }

    private static Parameter parameter(String name, Shape shape) {
        return new Parameter(name, Expr.node(Op.PARAMETER, shape, Map.of("name", name)), Init.ZEROS, Role.INPUT, null);
    }

    private static void near(float[] values, double... expected) {
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) values[i]).isCloseTo(expected[i], within(2e-6));
        }
    }
}
