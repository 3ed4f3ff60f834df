package dev.rondo.api.device;

import java.util.List;
import java.util.Map;

/**
 * One layer of a model, as a device is told of it.
 *
 * @param path as messages name it: {@code 1.SRU}
 * @param plugin name of the plugin
 * @param size number of units, 0 where the plugin takes none
 * @param options value of each option, as a spec writes it, defaults included
 * @param wrapped what a wrapper wraps; of these only plugin, size, options and what they wrap
 * @param sigmoid spec of what was put in the place of the sigmoid, empty where nothing was
 * @param tanh likewise
 * @param inputs width of what it reads
 * @param outputs width of what it gives
 * @param parameters trained arrays, in the order of {@link LayerProgram}'s
 * @param states carried values, likewise
 * @param draws what is drawn at random in training, in the order of evaluation
 */
public record LayerUse(
        String path,
        String plugin,
        int size,
        Map<String, String> options,
        List<LayerUse> wrapped,
        String sigmoid,
        String tanh,
        int inputs,
        int outputs,
        List<Parameter> parameters,
        List<State> states,
        List<Draws> draws) {
    /**
     * A trained array, row-major.
     *
     * @param name within the layer: {@code f.W}
     * @param length number of values
     */
    public record Parameter(String name, int length) {}

    /**
     * A value that is carried from piece to piece, [steps, batch, width], the oldest step first.
     *
     * @param name within the layer: {@code c}
     */
    public record State(String name, int steps, int width) {}

    /**
     * Random numbers of one place in the equations.
     *
     * @param probability of a 1, else 0
     * @param perStep whether each step has its own; if not, one draw serves all steps of a pass
     */
    public record Draws(double probability, boolean perStep) {}

    public LayerUse {
        options = Map.copyOf(options);
        wrapped = List.copyOf(wrapped);
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
        draws = List.copyOf(draws);
    }

    /** The value of an option, empty where the plugin has none of this key. */
    public String option(String key) {
        return options.getOrDefault(key, "");
    }
}
