package dev.rondo.core.data;

import dev.rondo.core.engine.Sequences;

/**
 * One piece of the training streams.
 *
 * @param from step of the streams at which it begins
 * @param input scaled inputs
 * @param target scaled targets, [time, row, target]
 * @param weights share of each step in the chunk's mean loss, [time, row]: they add up to 1, or are all 0 where nothing is scored
 * @param scored how many weights are not 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Chunk(int from, Sequences input, float[] target, float[] weights, int scored) {}
