/** The examples, built as users build them. */
@NullMarked
package dev.rondo.verification.examples;

import org.jspecify.annotations.NullMarked;
