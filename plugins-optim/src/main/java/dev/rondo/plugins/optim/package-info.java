/** The optimisers that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.optim;

import org.jspecify.annotations.NullMarked;
