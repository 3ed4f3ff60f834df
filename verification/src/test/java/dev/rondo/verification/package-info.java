/** Checks that need every module at once. */
@NullMarked
package dev.rondo.verification;

import org.jspecify.annotations.NullMarked;
