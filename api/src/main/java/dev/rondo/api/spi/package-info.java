/** The interfaces a plugin implements, how it describes itself, and the options it declares. */
@NullMarked
package dev.rondo.api.spi;

import org.jspecify.annotations.NullMarked;
