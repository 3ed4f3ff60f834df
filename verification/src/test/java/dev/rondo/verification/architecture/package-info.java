/** What the sources must look like: borders of modules, budgets of plugins. */
@NullMarked
package dev.rondo.verification.architecture;

import org.jspecify.annotations.NullMarked;
