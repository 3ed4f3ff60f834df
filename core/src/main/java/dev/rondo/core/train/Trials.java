package dev.rondo.core.train;

import dev.rondo.api.spi.Moment;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.Chunks;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.method.ChunkProgram;
import dev.rondo.core.trace.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Back-propagation, and where it is stuck new parameters by a training method: on trial, until the loss falls below what it had come to
 * before, or the old ones come back. What the optimiser remembers goes on in either case.
 */
final class Trials implements Procedure {
    /** What a better loss must be better by, as a share of the best one before. */
    private static final double LEAST = 1e-3;

    private static final String BEST = "best";
    private static final String WAITED = "waited";
    private static final String BEFORE = "before/";

    private final Procedure usual;
    private final ChunkProgram program;
    private final Moment.WhenStuck moment;
    private final List<Stored> arrays;
    private final Chunks chunks;
    private final long seed;
    private final Consumer<String> told;

    private double best = Double.POSITIVE_INFINITY;
    /** Checks since the loss was better, or since parameters changed. */
    private long waited;
    /** The parameters before those on trial; absent where none are. */
    private float @Nullable [][] before;

    /**
     * @param arrays that training changes, in the order of the progress' parameters
     * @param told hears in one sentence what becomes of the parameters
     */
    Trials(
            Procedure usual,
            ChunkProgram program,
            Moment.WhenStuck moment,
            List<Stored> arrays,
            Chunks chunks,
            long seed,
            Consumer<String> told) {
        this.usual = usual;
        this.program = program;
        this.moment = moment;
        this.arrays = arrays;
        this.chunks = chunks;
        this.seed = seed;
        this.told = told;
    }

    @Override
    public Engine.Pass train(Progress progress, Chunk chunk, int count, RandomKey key) {
        return usual.train(progress, chunk, count, key);
    }

    @Override
    public int updates() {
        return usual.updates();
    }

    @Override
    public void checked(Progress progress, double loss) {
        waited++;
        float[][] old = before;
        if (best == Double.POSITIVE_INFINITY || loss < best - LEAST * Math.abs(best)) {
            best = loss;
            waited = 0;
            before = null;
        } else if (old != null && waited >= moment.keep()) {
            told.accept("epoch " + progress.epoch
                    + ": no better loss after the change either, so the parameters before it are back");
            copy(old, progress.parameters);
            waited = 0;
            before = null;
        } else if (old == null && waited >= moment.after()) {
            told.accept("epoch " + progress.epoch + ": no better loss for " + waited
                    + " epochs, so the parameters change on trial");
            before = Progress.copy(progress.parameters);
            // Any chunk will do; it depends on the epoch alone, so that a resumed run takes the same.
            Chunk chunk = chunks.get(progress.epoch % chunks.count(0), 0);
            program.update(progress.parameters, chunk, new RandomKey(seed, progress.epoch, 0));
            waited = 0;
        }
    }

    private static void copy(float[][] from, float[][] to) {
        for (int i = 0; i < to.length; i++) {
            System.arraycopy(from[i], 0, to[i], 0, to[i].length);
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        memory.put(BEST, Tensor.of(new double[] {best}));
        memory.put(WAITED, Tensor.of(new long[] {waited}));
        float[][] old = before;
        for (int i = 0; old != null && i < old.length; i++) {
            memory.put(
                    BEFORE + arrays.get(i).name(),
                    Tensor.of(old[i], arrays.get(i).sizes()));
        }
        return memory;
    }

    @Override
    public void restore(Map<String, Tensor> memory) {
        best = tensor(memory, BEST).doubles()[0];
        waited = tensor(memory, WAITED).longs()[0];
        before = null;
        if (memory.size() > 2) {
            before = arrays.stream()
                    .map(each -> tensor(memory, BEFORE + each.name()).floats())
                    .toArray(float[][]::new);
        }
    }

    private static Tensor tensor(Map<String, Tensor> memory, String name) {
        Tensor tensor = memory.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the method's memory lacks '" + name + "'");
        }
        return tensor;
    }
}
