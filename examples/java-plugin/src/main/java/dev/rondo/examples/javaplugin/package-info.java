/** A cell in Java, in a JAR of its own. */
package dev.rondo.examples.javaplugin;
