/** What an application embeds: models, training and prediction. */
@NullMarked
package dev.rondo.core;

import org.jspecify.annotations.NullMarked;
