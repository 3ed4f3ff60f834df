/** The language in which cells, layers, activations and optimisers write their equations. */
@NullMarked
package dev.rondo.api.expr;

import org.jspecify.annotations.NullMarked;
