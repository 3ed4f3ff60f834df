/** A cell in Java, in a JAR of its own. */
@NullMarked
package dev.rondo.examples.javaplugin;

import org.jspecify.annotations.NullMarked;
