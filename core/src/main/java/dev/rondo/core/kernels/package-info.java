/** The numeric seam of the engine: elementwise strips, packed products, gradients, reductions and the worker threads. */
@NullMarked
package dev.rondo.core.kernels;

import org.jspecify.annotations.NullMarked;
