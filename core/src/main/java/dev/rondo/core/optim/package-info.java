/**
 * Runs the update rules of optimisers over all parameters of a model.
 */
@NullMarked
package dev.rondo.core.optim;

import org.jspecify.annotations.NullMarked;
