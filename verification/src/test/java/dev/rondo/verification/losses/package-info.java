/** Losses and metrics against numbers worked out from their formulas. */
@NullMarked
package dev.rondo.verification.losses;

import org.jspecify.annotations.NullMarked;
