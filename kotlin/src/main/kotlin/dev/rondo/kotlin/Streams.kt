package dev.rondo.kotlin

import dev.rondo.core.Model
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * The model's output for each input as it comes.
 *
 * Every collection is a stream of its own, from the start.
 *
 * @param inputs one value for each input column
 * @return one value for each target that is a number, the outputs of each class where it is one of several
 */
fun Model.stream(inputs: Flow<FloatArray>): Flow<FloatArray> = flow {
    val stepper = stepper()
    inputs.collect { input ->
        val output = FloatArray(spec().width())
        stepper.step(input, output)
        emit(output)
    }
}
