/** The losses that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.optim.losses;

import org.jspecify.annotations.NullMarked;
