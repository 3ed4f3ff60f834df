package dev.rondo.examples.javaplugin;

import dev.rondo.api.spi.Cell;
import dev.rondo.testkit.CellContract;

final class LeakyRnnTest implements CellContract {
    @Override
    public Cell cell() {
        return new LeakyRnn();
    }
}
