package dev.rondo.plugins.optim.regularizers;

import dev.rondo.api.spi.RegularizerScope;
import java.util.List;

/** What regularisers of activations look at. */
final class Outputs {
    private Outputs() {}

    /** The last recurrent layer; to have none is an error. */
    static RegularizerScope.Given lastRecurrent(RegularizerScope s) {
        List<RegularizerScope.Given> recurrent =
                s.layers().stream().filter(RegularizerScope.Given::recurrent).toList();
        s.require(!recurrent.isEmpty(), "needs a layer that carries a state, and there is none");
        return recurrent.get(recurrent.size() - 1);
    }
}
