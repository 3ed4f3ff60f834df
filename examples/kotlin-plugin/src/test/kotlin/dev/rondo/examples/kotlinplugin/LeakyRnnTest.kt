package dev.rondo.examples.kotlinplugin

import dev.rondo.api.spi.Cell
import dev.rondo.testkit.CellContract

class LeakyRnnTest : CellContract {
    override fun cell(): Cell = LeakyRnn()
}
