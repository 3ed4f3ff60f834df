package dev.rondo.plugins.optim.metrics;

import dev.rondo.api.spi.MetricScope;

/** What metrics of numbers need. */
final class Numbers {
    private Numbers() {}

    static void require(MetricScope s) {
        s.require(s.classes() == 0, "needs a target that is a number; this is one of " + s.classes() + " classes");
    }
}
