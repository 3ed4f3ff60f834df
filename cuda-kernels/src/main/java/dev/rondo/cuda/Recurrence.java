package dev.rondo.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the kernel of a recurrence that suits the size. */
final class Recurrence {
    private final KernelLibrary kernels;
    private final String file;
    private final String name;
    private final int tile;
    private final Walk walk;
    private final Extent extent;
    private final @Nullable DeviceArray relay;
    private final @Nullable DeviceArray values;
    private final @Nullable DeviceArray partial;

    /**
     * A recurrence.
     *
     * @param name of the kernel, without the walk
     * @param tile steps of a tile in the kernels of this name
     * @param sums rows of sums over time that it writes for each row of the batch, 0 for none
     */
    Recurrence(
            KernelLibrary kernels,
            Arena arena,
            String file,
            String name,
            Walk walk,
            int tile,
            int sums,
            Extent extent) {
        this.kernels = kernels;
        kernels.load(file);
        this.file = file;
        this.name = name;
        this.tile = tile;
        this.walk = walk;
        this.extent = extent;
        boolean split = walk == Walk.SPLIT;
        int blocks = walk.blocks(extent.steps(), extent.batch(), extent.width(), tile);
        relay = split ? arena.array(1L + blocks) : null;
        values = split ? arena.array((long) blocks * Walk.CHANNELS) : null;
        partial = sums > 0 ? arena.array(parts() * sums * extent.width()) : null;
    }

    /** Groups of sums: one for each row of the batch and each tile that blocks share. */
    long parts() {
        return (long) walk.tiles(extent.steps(), tile) * extent.batch();
    }

    /** Sums over time, [parts, sums, width]; of a recurrence that has some. */
    DeviceArray partial() {
        if (partial == null) {
            throw new IllegalStateException(name + " sums nothing");
        }
        return partial;
    }

    /** How its channels are walked. */
    Walk walk() {
        return walk;
    }

    /** Runs it; {@code arguments} follow those of the extent. */
    void run(@Nullable Object... arguments) {
        List<@Nullable Object> all = new ArrayList<>();
        Collections.addAll(all, extent.steps(), extent.batch(), extent.width(), extent.split(), extent.lengths());
        all.addAll(Arrays.asList(arguments));
        if (relay != null) {
            relay.clear(relay.length());
            Collections.addAll(all, relay, values);
        }
        int blocks = walk.blocks(extent.steps(), extent.batch(), extent.width(), tile);
        int[] threads = walk.tiled() ? new int[] {Walk.CHANNELS, Walk.WARPS} : new int[] {Walk.threads(), 1};
        kernels.launch(file, name + "_" + walk.suffix(), new int[] {blocks, 1, 1}, threads, all.toArray());
    }
}
