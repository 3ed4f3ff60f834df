package dev.rondo.examples.kotlinplugin

import dev.rondo.api.expr.Expr
import dev.rondo.api.expr.Fn.oneMinus
import dev.rondo.api.expr.Term.bias
import dev.rondo.api.spi.Cell
import dev.rondo.api.spi.CellScope
import dev.rondo.api.spi.Descriptor
import dev.rondo.api.spi.Option

private val updateBias = Option.real("update-bias", 1.0)
    .range(-20.0, 20.0)
    .doc("Initial bias of the gate; above 0 the state is kept longer.")

/** MinimalRNN: the input is projected first, then one gate mixes it into the state. */
class MinimalRnn : Cell {
    override fun describe(): Descriptor = Descriptor.of("MinimalRNN")
        .summary("One gate that mixes a projection of the input into the state.")
        .paper("1711.06788", "MinimalRNN: Toward More Interpretable and Trainable Recurrent Neural Networks")
        .example("MinimalRNN_16")
        .size(Descriptor.Size.REQUIRED)
        .options(updateBias)

    override fun step(s: CellScope, x: Expr): Expr {
        val h = s.state("h")
        val z = s.tanh(s.affine("z", x))                                   // z = tanh(x W_z + b_z)
        val u = s.sigmoid(s.affine("u", z, h, bias(s.value(updateBias))))  // u = σ(z W_u + h U_u + b_u)
        return s.next("h", u * h + oneMinus(u) * z)                        // h' = u ⊙ h + (1 − u) ⊙ z
    }
}
