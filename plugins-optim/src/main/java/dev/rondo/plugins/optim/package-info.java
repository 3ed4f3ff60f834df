/** The optimisers and what else steers training that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.optim;

import org.jspecify.annotations.NullMarked;
