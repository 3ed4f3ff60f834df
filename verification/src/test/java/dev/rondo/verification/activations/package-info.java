/** The numbers of activations, against their papers' formulas. */
@NullMarked
package dev.rondo.verification.activations;

import org.jspecify.annotations.NullMarked;
