/**
 * Runs the equations of training methods: in each step, or where training is stuck.
 */
@NullMarked
package dev.rondo.core.method;

import org.jspecify.annotations.NullMarked;
