/**
 * The grammar of layer, optimiser and data specs, and the binding of their options.
 */
@NullMarked
package dev.rondo.core.spec;

import org.jspecify.annotations.NullMarked;
