package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import java.util.List;

/**
 * Which simple recurrent units they are.
 *
 * @param units in each direction
 * @param fed whether the gates see the state
 * @param tanh whether the state is shown through tanh
 * @param highway whether the input passes by the state
 * @param alpha what it is scaled by there
 * @param dropout probability that a unit of the state is not shown for a whole piece
 */
record SruForm(
        int inputs,
        int units,
        int directions,
        boolean fed,
        boolean tanh,
        boolean highway,
        double alpha,
        double dropout) {
    private static final List<String> GATES = List.of("u", "f", "r", "skip");
    /** Gates that have vectors. */
    private static final int VECTORS = 2;

    /** What {@code cell} says, in so many directions. */
    static SruForm of(LayerUse cell, int inputs, int directions) {
        double bias = Double.parseDouble(cell.option("highway-bias"));
        boolean highway = cell.option("highway").equals("true");
        boolean rescaled = cell.option("rescale").equals("true") && inputs == cell.size();
        return new SruForm(
                inputs,
                cell.size(),
                directions,
                cell.option("v1").equals("false"),
                cell.option("activation").equals("tanh"),
                highway,
                rescaled ? Math.sqrt(1 + 2 * Math.exp(bias)) : 1,
                Double.parseDouble(cell.option("dropout")));
    }

    private Channels channels() {
        return new Channels(units, directions);
    }

    /** Channels of a row, both directions together. */
    int width() {
        return channels().width();
    }

    /** Whether the input passes by as it is. */
    boolean skipsInput() {
        return highway && inputs == units;
    }

    /** Whether the input is projected before it passes by. */
    boolean projects() {
        return highway && inputs != units;
    }

    /** Products of the input in each direction. */
    int gates() {
        return !highway ? 2 : projects() ? 4 : 3;
    }

    /** Where the weights of all gates stand: [inputs, gates, width]. */
    Packing weight(LayerUse use) {
        return channels().pack(use, inputs, gates(), GATES.subList(0, gates()), ".W");
    }

    /** Where the biases of f and r stand: [2, width]; without the highway there is no r. */
    Packing bias(LayerUse use) {
        return channels().pack(use, 1, VECTORS, GATES.subList(1, highway ? 3 : 2), ".b");
    }

    /** Where what f and r see the state by stands, likewise; nothing where they do not see it. */
    Packing peek(LayerUse use) {
        return channels().pack(use, 1, VECTORS, GATES.subList(1, !fed ? 1 : highway ? 3 : 2), ".u");
    }
}
