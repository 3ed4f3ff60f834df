/**
 * From series to what a model trains on: streams, splits, scaling, chunks, and the forecasts that any model has to beat.
 */
@NullMarked
package dev.rondo.core.data;

import org.jspecify.annotations.NullMarked;
