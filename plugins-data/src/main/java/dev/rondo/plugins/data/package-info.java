/** The series generators and file readers that Rondo brings along. */
@NullMarked
package dev.rondo.plugins.data;

import org.jspecify.annotations.NullMarked;
