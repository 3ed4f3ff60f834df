/** An application that trains a model, keeps it and predicts with it. */
@NullMarked
package dev.rondo.examples.embedding;

import org.jspecify.annotations.NullMarked;
