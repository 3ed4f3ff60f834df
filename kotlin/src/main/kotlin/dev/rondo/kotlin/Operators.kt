@file:Suppress("NOTHING_TO_INLINE")

package dev.rondo.kotlin

import dev.rondo.api.expr.Expr

/*
 * Numbers as the left operand, and whole numbers as the right one. [Expr] has the rest itself.
 *
 * All of them are inlined: a plugin compiled with them refers to the API alone.
 */

/** The number plus the value. */
inline operator fun Number.plus(other: Expr): Expr = Expr.of(toDouble()).plus(other)

/** The number minus the value, as in `1 - z`. */
inline operator fun Number.minus(other: Expr): Expr = Expr.of(toDouble()).minus(other)

/** The number times the value. */
inline operator fun Number.times(other: Expr): Expr = Expr.of(toDouble()).times(other)

/** The number divided by the value. */
inline operator fun Number.div(other: Expr): Expr = Expr.of(toDouble()).div(other)

/** The value plus a whole number. */
inline operator fun Expr.plus(other: Int): Expr = plus(other.toDouble())

/** The value minus a whole number. */
inline operator fun Expr.minus(other: Int): Expr = minus(other.toDouble())

/** The value times a whole number. */
inline operator fun Expr.times(other: Int): Expr = times(other.toDouble())

/** The value divided by a whole number. */
inline operator fun Expr.div(other: Int): Expr = div(other.toDouble())
