package dev.rondo.kotlin

import dev.rondo.core.Model
import dev.rondo.core.ModelSpec
import dev.rondo.core.Rondo
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.within
import org.junit.jupiter.api.Test

class StreamsTest {
    private val values = floatArrayOf(0.5f, -1.25f, 0.75f, 2f, -0.5f)

    @Test
    fun stepsGiveWhatTheWholeGives() = runBlocking<Unit> {
        val model = Model.of(Rondo.create(), ModelSpec.of("GRU_3", 1, 2), 1)
        val whole = model.predict(values, values.size, 1)
        val stream = model.stream(values.toList().asFlow().map { floatArrayOf(it) })
        repeat(2) {
            val outputs = stream.toList()
            assertThat(outputs).hasSize(values.size)
            assertThat(outputs.flatMap { it.asList() }.toFloatArray()).containsExactly(whole, within(1e-6f))
        }
    }
}
