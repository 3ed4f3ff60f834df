/** An application that trains a model, keeps it and predicts with it. */
package dev.rondo.examples.embedding;
