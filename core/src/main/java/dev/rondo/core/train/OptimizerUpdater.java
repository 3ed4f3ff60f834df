package dev.rondo.core.train;

import dev.rondo.core.files.Tensor;
import dev.rondo.core.optim.OptimizerProgram;
import dev.rondo.core.optim.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Updates by the equations of an optimiser. */
public final class OptimizerUpdater implements Updater {
    private static final String COUNT = "count";

    private final OptimizerProgram program;
    private float[][] elsewhere = new float[0][];

    public OptimizerUpdater(OptimizerProgram program) {
        this.program = program;
    }

    @Override
    public boolean pointReadsLoss() {
        return program.gradientPointReadsLoss();
    }

    @Override
    public float[][] point(float[][] parameters, double loss, double rate) {
        if (!program.hasGradientPoint()) {
            return parameters;
        }
        if (elsewhere.length == 0) {
            elsewhere = Progress.copy(parameters);
        }
        program.gradientPoint(parameters, loss, rate, elsewhere);
        return elsewhere;
    }

    @Override
    public void update(float[][] parameters, float[][] gradients, double loss, double rate) {
        program.step(parameters, gradients, loss, rate);
    }

    @Override
    public Map<String, Tensor> memory() {
        OptimizerState state = program.state();
        Map<String, Tensor> memory = new LinkedHashMap<>();
        memory.put(COUNT, Tensor.of(new long[] {state.count()}));
        state.arrays().forEach((name, values) -> memory.put(name, Tensor.of(values, values.length)));
        state.numbers().forEach((name, value) -> memory.put(name, Tensor.of(new double[] {value})));
        return memory;
    }

    @Override
    public void restore(Map<String, Tensor> memory) {
        long count = 0;
        Map<String, float[]> arrays = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> entry : memory.entrySet()) {
            Tensor tensor = entry.getValue();
            if (entry.getKey().equals(COUNT)) {
                count = tensor.longs()[0];
            } else if (tensor.type() == Tensor.Type.F64) {
                numbers.put(entry.getKey(), tensor.doubles()[0]);
            } else {
                arrays.put(entry.getKey(), tensor.floats());
            }
        }
        program.restore(new OptimizerState(count, arrays, numbers));
    }
}
