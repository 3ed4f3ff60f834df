package dev.rondo.kotlin

import dev.rondo.api.expr.Expr
import dev.rondo.api.expr.Op
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class OperatorsTest {
    private val z = Expr.of(0.25)

    private fun check(node: Expr, op: Op, left: Double, right: Double) {
        assertThat(node.op()).isEqualTo(op)
        assertThat(node.inputs().map { it.attribute("value", Number::class.java) }).containsExactly(left, right)
    }

    @Test
    fun numbersStandOnTheLeft() {
        check(1 - z, Op.SUBTRACT, 1.0, 0.25)
        check(1.5 - z, Op.SUBTRACT, 1.5, 0.25)
        check(2 + z, Op.ADD, 2.0, 0.25)
        check(2L * z, Op.MULTIPLY, 2.0, 0.25)
        check(1f / z, Op.DIVIDE, 1.0, 0.25)
    }

    @Test
    fun wholeNumbersStandOnTheRight() {
        check(z + 1, Op.ADD, 0.25, 1.0)
        check(z - 1, Op.SUBTRACT, 0.25, 1.0)
        check(z * 2, Op.MULTIPLY, 0.25, 2.0)
        check(z / 2, Op.DIVIDE, 0.25, 2.0)
    }
}
