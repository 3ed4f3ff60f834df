/** Reads and writes what a run leaves behind: model files, checkpoints, the run directory. */
@NullMarked
package dev.rondo.core.files;

import org.jspecify.annotations.NullMarked;
