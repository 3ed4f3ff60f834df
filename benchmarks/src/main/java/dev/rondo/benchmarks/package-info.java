/**
 * Measures what the engine takes for a training step.
 */
@NullMarked
package dev.rondo.benchmarks;

import org.jspecify.annotations.NullMarked;
