/** The activations that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.activations;

import org.jspecify.annotations.NullMarked;
