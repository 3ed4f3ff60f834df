/**
 * What a plugin implements and what its equations may ask for.
 */
@NullMarked
package dev.rondo.api.spi;

import org.jspecify.annotations.NullMarked;
