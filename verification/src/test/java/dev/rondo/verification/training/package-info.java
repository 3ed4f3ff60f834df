/** Trains real models: what is killed goes on, and the figures are those that are promised. */
@NullMarked
package dev.rondo.verification.training;

import org.jspecify.annotations.NullMarked;
