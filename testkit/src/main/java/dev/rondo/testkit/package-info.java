/** Contracts that a plugin's test runs, and the double-precision oracle they compare with. */
@NullMarked
package dev.rondo.testkit;

import org.jspecify.annotations.NullMarked;
