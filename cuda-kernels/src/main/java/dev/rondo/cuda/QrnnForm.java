package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import java.util.ArrayList;
import java.util.List;

/**
 * Which quasi-recurrent network it is.
 *
 * @param units in each direction
 * @param window inputs that the gates see, the present one included
 * @param pooling f, fo or ifo
 * @param zoneout probability that a channel keeps its state in a step of training
 */
record QrnnForm(int inputs, int units, int directions, int window, String pooling, double zoneout) {
    private static final List<String> GATES = List.of("z", "f", "o", "i");

    static QrnnForm of(LayerUse cell, int inputs, int directions) {
        return new QrnnForm(
                inputs,
                cell.size(),
                directions,
                Integer.parseInt(cell.option("window")),
                cell.option("pooling"),
                Double.parseDouble(cell.option("zoneout")));
    }

    private Channels channels() {
        return new Channels(units, directions);
    }

    int width() {
        return channels().width();
    }

    int gates() {
        return pooling.length() + 1;
    }

    /**
     * Gates that see an input.
     *
     * @param offset steps from the present one to the input's: below 0 in the direction forward, above it backward
     * @param column of the gates' matrix, [time, batch, gates, width], that is the first to see it
     * @param columns how many do
     * @param weight where their weights stand: [inputs, columns]
     */
    record Look(int offset, int column, int columns, Packing weight) {}

    /** What the gates see. The first look is at the present input, and all columns take it. */
    List<Look> looks(LayerUse use) {
        List<Look> looks = new ArrayList<>();
        for (int lag = 0; lag < window; lag++) {
            String kind = lag == 0 ? ".W" : ".W" + (lag + 1);
            if (lag == 0 || directions == 1) {
                looks.add(new Look(-lag, 0, gates() * width(), pack(use, inputs, kind)));
            } else {
                // The directions see different steps, and their columns alternate from gate to gate.
                for (int gate = 0; gate < gates(); gate++) {
                    for (int d = 0; d < directions; d++) {
                        String name = channels().path(d) + GATES.get(gate) + kind;
                        Packing own = new Packing(use, inputs, units).put(name, 0, units);
                        looks.add(new Look(d == 0 ? -lag : lag, gate * width() + d * units, units, own));
                    }
                }
            }
        }
        return looks;
    }

    /** Where the biases stand: [gates, width]. */
    Packing bias(LayerUse use) {
        return pack(use, 1, ".b");
    }

    private Packing pack(LayerUse use, int rows, String kind) {
        return channels().pack(use, rows, gates(), GATES.subList(0, gates()), kind);
    }
}
