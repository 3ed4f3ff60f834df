package dev.rondo.core.engine;

/**
 * What random draws of one pass depend on besides layer, step, row and unit, so that neither threads nor chunk borders matter.
 *
 * @param seed of the run
 * @param epoch 0 for the first
 * @param chunk 0 for the first of the epoch
 */
public record RandomKey(long seed, int epoch, int chunk) {}
