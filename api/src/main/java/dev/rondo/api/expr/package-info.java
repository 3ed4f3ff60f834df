/**
 * The language of equations: immutable expressions whose axes have names and whose operands meet by name.
 */
@NullMarked
package dev.rondo.api.expr;

import org.jspecify.annotations.NullMarked;
