/** The schedules of the learning rate that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.optim.schedules;

import org.jspecify.annotations.NullMarked;
