/**
 * What an application embeds: models, training and prediction.
 *
 * <p>Applications use this package, {@code data}, {@code train}, {@code spec} and, of {@code engine}, {@code Sequences} and
 * {@code ModelState}; these keep their signatures as the version number promises. So do, of other packages, {@code InitPreset} and
 * {@code Checkpoint.read}. The other types that those signatures name, such as {@code Objective}, {@code TracedModel}, {@code StateSlot},
 * {@code Registry}, {@code Kind}, {@code Engine}, {@code Kernels}, {@code OptimizerProgram}, {@code ScheduleProgram} and {@code Tensor},
 * keep their names, so that what one method gives another can take, but what they have themselves may change with any version, as
 * may all other packages: they are public for Rondo's own modules alone. Plugins see the module {@code api} and nothing of this one.
 */
@NullMarked
package dev.rondo.core;

import org.jspecify.annotations.NullMarked;
