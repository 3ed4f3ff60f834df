package dev.rondo.examples.kotlinplugin

import dev.rondo.api.expr.Expr
import dev.rondo.api.expr.Fn.oneMinus
import dev.rondo.api.expr.Term.bias
import dev.rondo.api.spi.Cell
import dev.rondo.api.spi.CellScope
import dev.rondo.api.spi.Descriptor
import dev.rondo.api.spi.Option

private val keepBias = Option.real("keep-bias", 1.0)
    .range(-20.0, 20.0)
    .doc("Initial bias of the gate; above 0 the state is kept longer.")

/** Leaky integrator: each unit keeps a share of its state, and the shares are trained. */
class LeakyRnn : Cell {
    override fun describe(): Descriptor = Descriptor.of("LeakyRNN")
        .summary("Simple network whose units keep a trained share of their state.")
        .paper("Jaeger et al. 2007", "Optimization and applications of echo state networks with leaky-integrator neurons")
        .example("LeakyRNN_16")
        .size(Descriptor.Size.REQUIRED)
        .options(keepBias)

    override fun step(s: CellScope, x: Expr): Expr {
        val h = s.state("h")
        val n = s.tanh(s.affine("n", x, h))                        // n = tanh(x W_n + h U_n + b_n)
        val u = s.sigmoid(s.affine("u", bias(s.value(keepBias))))  // u = σ(b_u), a number for each unit
        return s.next("h", u * h + oneMinus(u) * n)                // h' = u ⊙ h + (1 − u) ⊙ n
    }
}
