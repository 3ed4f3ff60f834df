package dev.rondo.core.train;

import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.Chunks;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.method.StepProgram;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training method that is asked in each step: a step is a pass, and an update where something in it is scored.
 *
 * <p>The loss of a step is the mean over the rows that count in it, so updates are as large as those of a chunk.
 */
final class SingleSteps implements Procedure {
    private final StepProgram program;
    private final Descent descent;
    private final int rows;
    private final int updates;

    SingleSteps(StepProgram program, Chunks chunks, Descent descent) {
        this.program = program;
        this.descent = descent;
        rows = chunks.rows();
        int steps = 0;
        for (int i = 0; i < chunks.count(0); i++) {
            Chunk chunk = chunks.get(i, 0);
            for (int t = 0; t < chunk.input().steps(); t++) {
                steps += scored(chunk, t) > 0 ? 1 : 0;
            }
        }
        updates = steps;
    }

    @Override
    public Engine.Pass train(Progress progress, Chunk chunk, int count, RandomKey key) {
        Sequences input = chunk.input();
        program.begin(progress.streams);
        if (chunk.fresh()) {
            program.forget();
        }
        float[] output = new float[input.steps() * rows * program.outputs()];
        double loss = 0;
        for (int t = 0; t < input.steps(); t++) {
            double chunks = progress.chunk + (double) t / input.steps();
            Descent.Update next = descent.next(progress, progress.epoch + chunks / count, updates);
            int scored = scored(chunk, t);
            float[] shares = new float[rows];
            for (int row = 0; row < rows; row++) {
                shares[row] = counts(chunk, t, row) ? 1f / scored : 0;
            }
            double here = descent.readsLoss()
                    ? program.run(progress.parameters, input, t, chunk.target(), shares, key, descent.results())
                    : Double.NaN;
            float[][] point = descent.point(progress, next, here);
            double mean = program.run(point, input, t, chunk.target(), shares, key, descent.results());
            program.output(output, t);
            program.advance(input, t);
            if (scored > 0) {
                descent.update(progress, next, point, mean, here, scored);
                loss += mean * scored / chunk.scored();
            }
        }
        return new Engine.Done(loss, output, program.state());
    }

    private int scored(Chunk chunk, int t) {
        int scored = 0;
        for (int row = 0; row < rows; row++) {
            scored += counts(chunk, t, row) ? 1 : 0;
        }
        return scored;
    }

    private boolean counts(Chunk chunk, int t, int row) {
        return chunk.weights()[t * rows + row] > 0;
    }

    @Override
    public int updates() {
        return updates;
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        program.memory().forEach((name, values) -> memory.put(name, Tensor.of(values, values.length)));
        return memory;
    }

    @Override
    public void restore(Map<String, Tensor> memory) {
        Map<String, float[]> values = new LinkedHashMap<>();
        memory.forEach((name, tensor) -> values.put(name, tensor.floats()));
        program.restore(values);
    }
}
