/** The metrics that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.optim.metrics;

import org.jspecify.annotations.NullMarked;
