/** Figures: what losses and metrics come to over many steps and rows, in double precision. */
@NullMarked
package dev.rondo.core.measure;

import org.jspecify.annotations.NullMarked;
