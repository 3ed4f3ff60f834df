package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;

/**
 * Which quasi-recurrent network it is.
 *
 * @param units in each direction
 * @param window inputs that the gates see, the present one included; more than 1 in one direction only
 * @param pooling f, fo or ifo
 * @param zoneout probability that a channel keeps its state in a step of training
 */
record QrnnForm(int inputs, int units, int directions, int window, String pooling, double zoneout) {
    private static final String[] GATES = {"z", "f", "o", "i"};
    private static final String[] DIRECTIONS = {"forward/", "backward/"};

    static QrnnForm of(LayerUse cell, int inputs, int directions) {
        return new QrnnForm(
                inputs,
                cell.size(),
                directions,
                Integer.parseInt(cell.option("window")),
                cell.option("pooling"),
                Double.parseDouble(cell.option("zoneout")));
    }

    int width() {
        return units * directions;
    }

    int gates() {
        return pooling.length() + 1;
    }

    /** Where the weights of the input {@code lag} steps ago stand: [inputs, gates, width]. */
    Packing weight(LayerUse use, int lag) {
        Packing packing = new Packing(use, inputs, gates() * width());
        place(packing, lag == 0 ? ".W" : ".W" + (lag + 1));
        return packing;
    }

    /** Where the biases stand: [gates, width]. */
    Packing bias(LayerUse use) {
        Packing packing = new Packing(use, 1, gates() * width());
        place(packing, ".b");
        return packing;
    }

    private void place(Packing packing, String kind) {
        for (int gate = 0; gate < gates(); gate++) {
            for (int d = 0; d < directions; d++) {
                String path = directions == 1 ? "" : DIRECTIONS[d];
                packing.put(path + GATES[gate] + kind, 0, gate * width() + d * units, units);
            }
        }
    }
}
