/**
 * Runs equations over values of fixed shape: parameters, gradients, weights made of parameters, and single numbers.
 */
@NullMarked
package dev.rondo.core.arrays;

import org.jspecify.annotations.NullMarked;
