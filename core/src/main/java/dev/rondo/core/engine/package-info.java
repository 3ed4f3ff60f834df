/**
 * Compiles traced equations into programs and runs them.
 */
@NullMarked
package dev.rondo.core.engine;

import org.jspecify.annotations.NullMarked;
