/** Ways to train besides back-propagation through time. */
@NullMarked
package dev.rondo.plugins.optim.methods;

import org.jspecify.annotations.NullMarked;
