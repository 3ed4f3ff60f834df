/** What training makes small besides the loss. */
@NullMarked
package dev.rondo.plugins.optim.regularizers;

import org.jspecify.annotations.NullMarked;
