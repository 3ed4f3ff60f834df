package dev.rondo.cuda;

import java.util.EnumMap;
import java.util.Map;

/** Memory that the layers of a program use one after the other, each kind as large as the layer that needs most of it. */
final class Scratch {
    /** What it is used for; no layer uses one kind for two things at once. */
    enum Use {
        GATE_GRADIENTS,
        SKIP_GRADIENTS,
        PRODUCTS
    }

    private final Map<Use, Long> lengths = new EnumMap<>(Use.class);
    private final Map<Use, DeviceArray> arrays = new EnumMap<>(Use.class);

    /** Asks for so many words; before {@link #allocate}. */
    void reserve(Use use, long words) {
        lengths.merge(use, words, Math::max);
    }

    void allocate(Arena arena) {
        lengths.forEach((use, words) -> arrays.put(use, arena.array(words)));
    }

    DeviceArray of(Use use) {
        DeviceArray array = arrays.get(use);
        if (array == null) {
            throw new IllegalStateException("nobody asked for " + use);
        }
        return array;
    }
}
