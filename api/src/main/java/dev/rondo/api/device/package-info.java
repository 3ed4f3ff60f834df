/** What runs layers elsewhere than on the CPU, such as on a GPU, and what it is told of them. */
@NullMarked
package dev.rondo.api.device;

import org.jspecify.annotations.NullMarked;
