/** The recurrent cells and other layers that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.cells;

import org.jspecify.annotations.NullMarked;
