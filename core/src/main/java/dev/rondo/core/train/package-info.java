/** Trains models by truncated back-propagation through time, and measures them. */
@NullMarked
package dev.rondo.core.train;

import org.jspecify.annotations.NullMarked;
