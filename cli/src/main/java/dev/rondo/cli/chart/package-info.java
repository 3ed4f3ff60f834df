/** Line charts, drawn alike as SVG and as pictures. */
@NullMarked
package dev.rondo.cli.chart;

import org.jspecify.annotations.NullMarked;
