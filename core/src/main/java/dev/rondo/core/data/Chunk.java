package dev.rondo.core.data;

import dev.rondo.core.engine.Sequences;

/**
 * One piece of the training streams.
 *
 * @param from step of the streams at which it begins
 * @param fresh whether an episode or the streams begin here, so that no state precedes
 * @param input scaled inputs
 * @param target scaled targets, [time, row, target]
 * @param weights share of each step in the chunk's mean loss, [time, row]: they add up to 1, or are all 0 where nothing is scored
 * @param scored how many weights are not 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Chunk(int from, boolean fresh, Sequences input, float[] target, float[] weights, int scored) {}
