package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;

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
    private static final String[] GATES = {"u", "f", "r", "skip"};
    private static final String[] DIRECTIONS = {"forward/", "backward/"};

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

    /** Channels of a row, both directions together. */
    int width() {
        return units * directions;
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
        Packing packing = new Packing(use, inputs, gates() * width());
        for (int gate = 0; gate < gates(); gate++) {
            for (int d = 0; d < directions; d++) {
                packing.put(path(d) + GATES[gate] + ".W", 0, gate * width() + d * units, units);
            }
        }
        return packing;
    }

    /** Where the vectors of f and r called {@code kind} stand: [2, width]. */
    Packing vectors(LayerUse use, String kind) {
        Packing packing = new Packing(use, 2, width());
        for (int gate = 1; gate < (highway ? 3 : 2) && (fed || kind.equals("b")); gate++) {
            for (int d = 0; d < directions; d++) {
                packing.put(path(d) + GATES[gate] + "." + kind, gate - 1, d * units, units);
            }
        }
        return packing;
    }

    private String path(int direction) {
        return directions == 1 ? "" : DIRECTIONS[direction];
    }
}
