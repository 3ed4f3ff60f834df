/**
 * Finds plugins on the class path and keeps them by kind and name.
 */
@NullMarked
package dev.rondo.core.registry;

import org.jspecify.annotations.NullMarked;
