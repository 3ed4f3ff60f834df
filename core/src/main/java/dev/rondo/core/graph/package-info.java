/**
 * Turns traced equations into graphs that engines run: steps unrolled into sequences where they may be, and gradients.
 */
@NullMarked
package dev.rondo.core.graph;

import org.jspecify.annotations.NullMarked;
