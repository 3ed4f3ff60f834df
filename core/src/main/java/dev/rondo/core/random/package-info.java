/**
 * Random numbers that depend on where they are used and on nothing else.
 */
@NullMarked
package dev.rondo.core.random;

import org.jspecify.annotations.NullMarked;
