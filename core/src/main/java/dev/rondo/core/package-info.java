/**
 * What an application embeds: models, training and prediction.
 *
 * <p>Applications use this package, {@code data}, {@code train}, {@code spec} and, of {@code engine}, {@code Sequences} and
 * {@code ModelState}; these keep their signatures as the version number promises. All other packages are public for Rondo's own modules
 * alone and may change with any version. Plugins see the module {@code api} and nothing of this one.
 */
@NullMarked
package dev.rondo.core;

import org.jspecify.annotations.NullMarked;
