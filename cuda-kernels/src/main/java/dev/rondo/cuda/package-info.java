/**
 * Simple recurrent units and quasi-recurrent networks on an NVIDIA GPU, with kernels of our own, through JCuda's driver binding.
 *
 * <p>The kernels stand in {@code src/main/cuda}; what they were compiled to lies beside the classes.
 */
@NullMarked
package dev.rondo.cuda;

import org.jspecify.annotations.NullMarked;
