package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import java.util.List;

/**
 * How the channels of a layer lie side by side: those of the direction forward, then those backward.
 *
 * @param units in each direction
 * @param directions 1 or 2
 */
record Channels(int units, int directions) {
    private static final List<String> PATHS = List.of("forward/", "backward/");

    /** Channels of a row, all directions together. */
    int width() {
        return units * directions;
    }

    /** What the names of the parameters of a direction begin with. */
    String path(int direction) {
        return directions == 1 ? "" : PATHS.get(direction);
    }

    /**
     * Where parameters of several gates stand: [rows, gates, width].
     *
     * @param gates places for them
     * @param names of those that are there, one for each of the first places
     * @param kind what follows the name of a gate in that of a parameter
     */
    Packing pack(LayerUse use, int rows, int gates, List<String> names, String kind) {
        Packing packing = new Packing(use, rows, gates * width());
        for (int gate = 0; gate < names.size(); gate++) {
            for (int d = 0; d < directions; d++) {
                packing.put(path(d) + names.get(gate) + kind, gate * width() + d * units, units);
            }
        }
        return packing;
    }
}
