package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Role;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.optim.OptimizerProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** The contract of optimisers, as a list of tests. */
final class OptimizerChecks {
    private static final int STEPS = 1000;

    private static final List<Parameter> PARAMETERS = List.of(
            parameter("1.Test/W", Shape.matrix(5, 3), Role.INPUT),
            parameter("1.Test/U", Shape.matrix(3, 3), Role.RECURRENT),
            parameter("1.Test/b", Shape.vector(3), Role.BIAS),
            parameter("1.Test/scale", Shape.scalar(), Role.VECTOR),
            parameter("2.Linear/out.W", Shape.matrix(3, 1), Role.OUTPUT),
            parameter("2.Linear/out.b", Shape.vector(1), Role.BIAS));

    private final Optimizer optimizer;
    private final Rondo rondo;
    private final Kernels kernels = KernelChoice.find().kernels();

    private OptimizerChecks(Optimizer optimizer, Rondo rondo) {
        this.optimizer = optimizer;
        this.rondo = rondo;
    }

    static Stream<DynamicNode> of(Optimizer optimizer, Rondo rondo) {
        OptimizerChecks checks = new OptimizerChecks(optimizer, rondo);
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(dynamicTest("its example names it and builds", checks::exampleBuilds));
        tests.add(dynamicTest("it says where its formula comes from", checks::sourceIsNamed));
        tests.add(dynamicTest("it reads every option that it declares", checks::readsWhatItDeclares));
        tests.add(dynamicTest("the schedule that it names can be read", checks::scheduleIsRead));
        tests.add(dynamicTest("it descends a quadratic", checks::descends));
        for (Configured<Optimizer> use : checks.uses()) {
            tests.add(dynamicTest("same bits each time: " + use.spec(), () -> checks.repeats(use)));
            tests.add(dynamicTest("a restored state goes on: " + use.spec(), () -> checks.goesOn(use)));
            tests.add(dynamicTest("kernels agree: " + use.spec(), () -> checks.kernelsAgree(use)));
        }
        tests.add(dynamicTest("it survives gradients of any size", () -> checks.survives(checks.example())));
        for (Configured<Optimizer> end : Variants.ends(checks.example())) {
            tests.add(dynamicTest("it survives gradients of any size: " + end.spec(), () -> checks.survivesEnd(end)));
        }
        for (Parameter alone : PARAMETERS) {
            tests.add(dynamicTest("it moves " + alone.leaf().shape() + " alone", () -> checks.moves(alone)));
        }
        return tests.stream();
    }

    private static Parameter parameter(String name, Shape shape, Role role) {
        Expr leaf = Expr.node(Op.PARAMETER, shape, Map.of("name", name));
        return new Parameter(name, leaf, Init.ZEROS, role, null);
    }

    private Configured<Optimizer> example() {
        return rondo.optimizer(optimizer.describe().example());
    }

    /** The example, and the example with one option changed at a time. */
    @SuppressWarnings("unchecked") // a variant of an optimiser is an optimiser
    private List<Configured<Optimizer>> uses() {
        List<Configured<Optimizer>> uses = new ArrayList<>(List.of(example()));
        for (List<Configured<?>> variant : Variants.of(List.of(example()), optimizer.getClass())) {
            try {
                Configured<Optimizer> use = (Configured<Optimizer>) variant.get(0);
                OptimizerProgram.create(kernels, use, PARAMETERS);
                uses.add(use);
            } catch (UsageException refused) {
                Variants.checkRefusal(variant, refused);
            }
        }
        return uses;
    }

    private void exampleBuilds() {
        assertThat(example().plugin().getClass()).isEqualTo(optimizer.getClass());
        OptimizerProgram.create(kernels, example(), PARAMETERS);
    }

    private void sourceIsNamed() {
        assertThat(optimizer.describe().source())
                .as(
                        "%s names a paper, or says which standard formula it is",
                        optimizer.describe().name())
                .isPresent();
        for (Option<?> option : optimizer.describe().options()) {
            assertThat(option.doc())
                    .as("option %s says what it does", option.key())
                    .isNotBlank();
        }
    }

    private void readsWhatItDeclares() {
        Reading reading = new Reading();
        uses().forEach(use -> OptimizerProgram.create(kernels, reading.notingOptimizer(use), PARAMETERS));
        assertThat(reading.read()).containsAll(optimizer.describe().options());
    }

    private void scheduleIsRead() {
        optimizer
                .describe()
                .schedule()
                .ifPresent(spec -> assertThat(rondo.specs().schedule(spec).spec())
                        .as("schedule of %s", optimizer.describe().name())
                        .isNotEmpty());
    }

    private void descends() {
        Course course = new Course(OptimizerProgram.create(kernels, example(), PARAMETERS), PARAMETERS);
        double before = course.loss();
        course.steps(STEPS);
        assertThat(course.loss()).isLessThan(0.8 * before);
    }

    private void repeats(Configured<Optimizer> use) {
        Course first = new Course(OptimizerProgram.create(kernels, use, PARAMETERS), PARAMETERS);
        Course second = new Course(OptimizerProgram.create(kernels, use, PARAMETERS), PARAMETERS);
        first.steps(20);
        second.steps(20);
        assertThat(second.values).isDeepEqualTo(first.values);
    }

    private void goesOn(Configured<Optimizer> use) {
        Course whole = new Course(OptimizerProgram.create(kernels, use, PARAMETERS), PARAMETERS);
        whole.steps(7);
        OptimizerProgram restored = OptimizerProgram.create(kernels, use, PARAMETERS);
        restored.restore(whole.program.state());
        Course rest = new Course(restored, PARAMETERS);
        for (int p = 0; p < rest.values.length; p++) {
            rest.values[p] = whole.values[p].clone();
        }
        whole.steps(13);
        rest.steps(13);
        assertThat(rest.values).isDeepEqualTo(whole.values);
        assertThat(restored.count()).isEqualTo(whole.program.count());
        assertThat(restored.state().numbers()).isEqualTo(whole.program.state().numbers());
    }

    private void kernelsAgree(Configured<Optimizer> use) {
        Course usual = new Course(OptimizerProgram.create(kernels, use, PARAMETERS), PARAMETERS);
        Course plain = new Course(OptimizerProgram.create(KernelChoice.plain(), use, PARAMETERS), PARAMETERS);
        usual.steps(5);
        plain.steps(5);
        for (int p = 0; p < PARAMETERS.size(); p++) {
            Near.values(PARAMETERS.get(p).name(), plain.values[p], usual.values[p]);
        }
    }

    private void survivesEnd(Configured<Optimizer> end) {
        try {
            survives(end);
        } catch (UsageException refused) {
            Variants.checkRefusal(List.of(end), refused);
        }
    }

    /** Whatever the first gradients and the first learning rates are, parameters stay finite. */
    private void survives(Configured<Optimizer> use) {
        for (double size : new double[] {0, 1e-12, 1e6}) {
            Course course = new Course(OptimizerProgram.create(kernels, use, PARAMETERS), PARAMETERS);
            course.scale = size;
            course.factor = 0; // schedules that warm up begin with it
            course.steps(2);
            course.factor = 1;
            course.steps(3);
            course.scale = 1;
            course.steps(3);
            for (float[] each : course.values) {
                for (float value : each) {
                    assertThat(value)
                            .as("a parameter of %s after gradients times %s", use.spec(), size)
                            .isFinite();
                }
            }
        }
    }

    private void moves(Parameter alone) {
        Course course = new Course(OptimizerProgram.create(kernels, example(), List.of(alone)), List.of(alone));
        double before = course.loss();
        course.steps(STEPS);
        assertThat(course.loss()).isLessThan(before);
    }

    /** Parameters on their way down {@code ½ Σ c (w − a)²}, with its own c and a for each value. */
    private static final class Course {
        private final OptimizerProgram program;
        private final float[][] values;
        private final float[][] point;
        private final float[][] gradients;
        private double scale = 1;
        private double factor = 1;

        Course(OptimizerProgram program, List<Parameter> parameters) {
            this.program = program;
            values = new float[parameters.size()][];
            for (int p = 0; p < values.length; p++) {
                values[p] = new float[parameters.get(p).length()];
                for (int i = 0; i < values[p].length; i++) {
                    values[p][i] = (float) Math.sin(3 * p + i + 1);
                }
            }
            point = new float[values.length][];
            gradients = new float[values.length][];
            for (int p = 0; p < values.length; p++) {
                point[p] = values[p].clone();
                gradients[p] = new float[values[p].length];
            }
        }

        private static double bend(int p, int i) {
            return 0.5 + (p + i) % 4 * 0.5;
        }

        private static double goal(int p, int i) {
            return (p + 2 * i) % 3 - 1;
        }

        double loss() {
            double loss = 0;
            for (int p = 0; p < values.length; p++) {
                for (int i = 0; i < values[p].length; i++) {
                    double gap = values[p][i] - goal(p, i);
                    loss += 0.5 * bend(p, i) * gap * gap;
                }
            }
            return loss;
        }

        void steps(int count) {
            for (int t = 0; t < count; t++) {
                double loss = loss();
                program.gradientPoint(values, loss, factor, point);
                for (int p = 0; p < values.length; p++) {
                    for (int i = 0; i < values[p].length; i++) {
                        gradients[p][i] = (float) (scale * bend(p, i) * (point[p][i] - goal(p, i)));
                    }
                }
                program.step(values, gradients, loss, factor);
            }
        }
    }
}
