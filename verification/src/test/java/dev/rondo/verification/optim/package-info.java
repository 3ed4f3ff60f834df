/** Optimisers against numbers that were computed elsewhere. */
@NullMarked
package dev.rondo.verification.optim;

import org.jspecify.annotations.NullMarked;
