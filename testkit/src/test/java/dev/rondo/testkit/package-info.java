/** Tests of the oracle against numbers that were worked out elsewhere. */
@NullMarked
package dev.rondo.testkit;

import org.jspecify.annotations.NullMarked;
