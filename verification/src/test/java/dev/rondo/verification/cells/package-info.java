/** The numbers of cells, against their papers' formulas. */
@NullMarked
package dev.rondo.verification.cells;

import org.jspecify.annotations.NullMarked;
