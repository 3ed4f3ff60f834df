package dev.rondo.core.train;

import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.Chunks;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.RandomKey;

/** Truncated back-propagation through time: a chunk is one pass, and one update where something in it is scored. */
final class BackPropagation implements Procedure {
    private final Engine.Differentiator differentiator;
    private final Chunks chunks;
    private final Descent descent;

    BackPropagation(Engine.Differentiator differentiator, Chunks chunks, Descent descent) {
        this.differentiator = differentiator;
        this.chunks = chunks;
        this.descent = descent;
    }

    @Override
    public Engine.Pass train(Progress progress, Chunk chunk, int count, RandomKey key) {
        Descent.Update next = descent.next(progress, progress.epoch + (double) progress.chunk / count, updates());
        double here = descent.readsLoss()
                ? pass(progress.parameters, progress, chunk, key).loss()
                : Double.NaN;
        float[][] point = descent.point(progress, next, here);
        Engine.Pass pass = pass(point, progress, chunk, key);
        if (chunk.scored() > 0) {
            descent.update(progress, next, point, pass.loss(), here, chunk.scored());
        }
        return pass;
    }

    private Engine.Pass pass(float[][] point, Progress progress, Chunk chunk, RandomKey key) {
        return differentiator.run(
                point, chunk.input(), chunk.target(), chunk.weights(), progress.streams, key, descent.results());
    }

    @Override
    public int updates() {
        return chunks.count(0);
    }
}
