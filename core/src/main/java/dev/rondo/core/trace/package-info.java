/**
 * Runs the methods of plugins once and keeps what they say: the equations, parameters and states of a model.
 */
@NullMarked
package dev.rondo.core.trace;

import org.jspecify.annotations.NullMarked;
