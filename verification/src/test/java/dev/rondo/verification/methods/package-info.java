/** Training methods against exact gradients, and what training makes of them. */
@NullMarked
package dev.rondo.verification.methods;

import org.jspecify.annotations.NullMarked;
