package dev.rondo.testkit;

import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.kernels.KernelChoice;

/** Rondo's own engine. */
final class RondoEngines implements Engines {
    @Override
    public Engine usual() {
        return threads(1);
    }

    @Override
    public Engine threads(int count) {
        return new CpuEngine(KernelChoice.find().kernels(), count);
    }

    @Override
    public Engine plain() {
        return new CpuEngine(KernelChoice.plain(), 1);
    }

    @Override
    public Draws draws(RandomKey key) {
        return (node, step, row, unit) -> RandomDraws.value(node, key, step, row, unit);
    }
}
