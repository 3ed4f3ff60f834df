package dev.rondo.plugins.optim.metrics;

import dev.rondo.api.spi.MetricScope;

/** What metrics of numbers need. */
final class Numbers {
    private Numbers() {}

    static void require(MetricScope s) {
        s.require(s.classes() == 0, "measures numbers, but the target is one of " + s.classes() + " classes");
    }
}
