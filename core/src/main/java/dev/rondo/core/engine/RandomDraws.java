package dev.rondo.core.engine;

import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.core.random.CounterRandom;

/**
 * The random numbers of equations, as a function of where they are drawn.
 *
 * <p>A draw depends on seed, epoch, path and ordinal of the node, row and unit, and on the absolute step (or, where it is drawn
 * once per chunk, on the chunk): not on threads, and within a stream not on where chunks begin.
 */
public final class RandomDraws {
    private RandomDraws() {}

    /**
     * One number of a {@link dev.rondo.api.expr.Op#RANDOM} node.
     *
     * @param step since the reset of the row's stream; ignored where there is one draw per chunk
     * @param row 0 where all rows share the draw
     */
    public static float value(Expr node, RandomKey key, long step, int row, int unit) {
        return CounterRandom.draw(node.attribute("draw", Draw.class), rowKey(node, key, step, row), unit);
    }

    /** Draws {@code n} neighbouring units into {@code out}. */
    public static void fill(Expr node, RandomKey key, long step, int row, float[] out, int offset, int n) {
        CounterRandom.fill(node.attribute("draw", Draw.class), rowKey(node, key, step, row), 0, out, offset, n);
    }

    /** The key of a row's draw, of which the units are the elements. */
    static long rowKey(Expr node, RandomKey key, long step, int row) {
        boolean perStep = node.attribute("per", Draw.Per.class) == Draw.Per.STEP;
        long run = CounterRandom.key(CounterRandom.key(key.seed(), key.epoch()), perStep ? step : key.chunk());
        long place = CounterRandom.key(
                CounterRandom.key(run, node.attribute("path", String.class)), node.attribute("ordinal", Integer.class));
        return CounterRandom.key(place, row);
    }
}
