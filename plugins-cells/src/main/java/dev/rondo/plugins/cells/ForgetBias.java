package dev.rondo.plugins.cells;

import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Option;

/** How the biases of forget gates begin: all the same, or spread so that units remember for different times. */
final class ForgetBias {
    static final Option<Double> T_MAX = Option.real("t-max", 0)
            .range(0, 1e9)
            .doc(
                    "Longest time in steps that a unit remembers at first, biases ln U(1, t-max) as in arXiv 1804.11188; 0 for one bias for all.");

    private ForgetBias() {}

    /** Spread by {@link #T_MAX}, or {@code same} for all units. */
    static Init of(CellScope s, double same) {
        return s.value(T_MAX) > 0 ? chrono(s.value(T_MAX)) : Init.constant(same);
    }

    /** For times from 1 to {@code longest} steps; Tallec and Ollivier 2018, arXiv 1804.11188. */
    static Init chrono(double longest) {
        return Init.each((j, random) -> Math.log(1 + (longest - 1) * random.uniform()));
    }
}
