package dev.rondo.verification.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Role;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.optim.OptimizerProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.LearningRate;
import dev.rondo.core.trace.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Parameters under an optimiser that is given its gradients one after the other. */
final class Course {
    private final OptimizerProgram program;
    private final float[][] values;

    private Course(OptimizerProgram program, float[][] values) {
        this.program = program;
        this.values = values;
    }

    /** All values in one vector. */
    static Course vector(Optimizer optimizer, Map<String, String> options, double... start) {
        Parameter parameter = parameter("w", Shape.vector(start.length));
        return new Course(program(optimizer, options, List.of(parameter)), new float[][] {floats(start)});
    }

    /** Each value a parameter of its own, without axes. */
    static Course numbers(Optimizer optimizer, Map<String, String> options, double... start) {
        List<Parameter> parameters = new ArrayList<>();
        float[][] values = new float[start.length][];
        for (int i = 0; i < start.length; i++) {
            parameters.add(parameter("w" + i, Shape.scalar()));
            values[i] = new float[] {(float) start[i]};
        }
        return new Course(program(optimizer, options, parameters), values);
    }

    /** All values in one matrix of two rows. */
    static Course matrix(Optimizer optimizer, Map<String, String> options, double... start) {
        Parameter parameter = parameter("w", Shape.matrix(2, start.length / 2));
        return new Course(program(optimizer, options, List.of(parameter)), new float[][] {floats(start)});
    }

    private static OptimizerProgram program(
            Optimizer optimizer, Map<String, String> options, List<Parameter> parameters) {
        Map<Option<?>, Object> chosen = new HashMap<>();
        options.forEach((key, text) -> {
            Option<?> option = Stream.concat(
                            LearningRate.option(optimizer.describe()).stream(), optimizer.describe().options().stream())
                    .filter(each -> each.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            chosen.put(option, option.parse(text));
        });
        Configured<Optimizer> configured = new Configured<>(optimizer, 0, chosen, List.of(), "");
        return OptimizerProgram.create(KernelChoice.find().kernels(), configured, parameters);
    }

    private static Parameter parameter(String name, Shape shape) {
        Expr leaf = Expr.node(Op.PARAMETER, shape, Map.of("name", name));
        return new Parameter(name, leaf, Init.ZEROS, Role.INPUT, null);
    }

    /** Takes one step and returns all values. */
    double[] step(double... gradient) {
        float[][] gradients = new float[values.length][];
        for (int i = 0, at = 0; i < values.length; at += values[i++].length) {
            gradients[i] = new float[values[i].length];
            for (int k = 0; k < gradients[i].length; k++) {
                gradients[i][k] = (float) gradient[at + k];
            }
        }
        program.step(values, gradients, 0, 1);
        return values();
    }

    /** Takes one step down f(θ) = ½ (θ₁² + 10 θ₂²), its gradient taken where the optimiser wants it. */
    double[] descend() {
        float[] at = values[0];
        double loss = 0.5 * ((double) at[0] * at[0] + 10.0 * at[1] * at[1]);
        float[][] point = {new float[2]};
        program.gradientPoint(values, loss, 1, point);
        program.step(values, new float[][] {{point[0][0], 10 * point[0][1]}}, loss, 1);
        return values();
    }

    double[] values() {
        return Stream.of(values)
                .flatMap(
                        each -> java.util.stream.IntStream.range(0, each.length).mapToObj(i -> each[i]))
                .mapToDouble(Float::doubleValue)
                .toArray();
    }

    /** An array that the optimiser keeps for {@code w}. */
    float[] array(String name) {
        return program.state().arrays().get("w/" + name);
    }

    /** A number that the optimiser keeps: {@code shared/eta}, or {@code w/eta} for a parameter's own. */
    double number(String name) {
        return program.state().numbers().get(name);
    }

    private static float[] floats(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
