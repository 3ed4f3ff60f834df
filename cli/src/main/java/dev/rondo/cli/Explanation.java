package dev.rondo.cli;

import dev.rondo.core.trace.LoopForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin computes in one use, as it was traced.
 *
 * @param heading which use it is
 * @param lines its equations
 * @param layer what only a layer has
 */
record Explanation(
        String heading, List<String> lines, @Nullable LayerFacts layer) {
    /**
     * Of a layer.
     *
     * @param name of the plugin, which of a stack need not be the one that was asked for
     * @param arrays its parameters and states: what it is, name, shape, number of values
     * @param parameters number of trained values
     */
    record LayerFacts(String name, List<List<String>> arrays, int parameters, LoopForm loop) {
        LayerFacts {
            arrays = List.copyOf(arrays);
        }
    }

    Explanation {
        lines = List.copyOf(lines);
    }

    Explanation(String heading, List<String> lines) {
        this(heading, lines, null);
    }
}
