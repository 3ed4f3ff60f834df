package dev.rondo.cuda;

/**
 * How a recurrence is walked; see {@code scan.cuh}.
 *
 * <p>The limits come from the bytes that have to be in flight to keep the memory busy (on an H200 some 26 kB for each
 * multiprocessor); they are not measured yet.
 */
enum Walk {
    /** A thread for each channel, step by step. */
    SEQ1("seq1", 1),
    /** A thread for four channels. */
    SEQ4("seq4", 4),
    /** A block for 32 channels, tiles of steps one after the other. */
    CHUNK("chunk", 1),
    /** A block for 32 channels and a tile. */
    SPLIT("split", 1);

    /** Channels of a block that treats tiles. */
    static final int CHANNELS = 32;
    /** Warps of such a block. */
    static final int WARPS = 8;
    /** Steps of a tile: what a warp walks in the kernels, 16 steps forward and 8 backward ({@code K} in the .cu files), times the warps. */
    static final int FORWARD_TILE = 16 * WARPS;

    static final int BACKWARD_TILE = 8 * WARPS;

    /** Channels from which on threads with four of them are enough. */
    private static final long MANY = 1 << 17;
    /** Channels from which on one thread each keeps enough loads in flight. */
    private static final long ENOUGH = 1 << 16;
    /** Blocks on a multiprocessor that tiles need. */
    private static final int BLOCKS = 2;

    private final String suffix;
    private final int channels;

    Walk(String suffix, int channels) {
        this.suffix = suffix;
        this.channels = channels;
    }

    /** How the names of its kernels end. */
    String suffix() {
        return suffix;
    }

    /** Channels that one thread owns. */
    int channels() {
        return channels;
    }

    /** Whether blocks treat tiles. */
    boolean tiled() {
        return this == CHUNK || this == SPLIT;
    }

    /**
     * The quickest walk.
     *
     * @param scan whether a step is linear in the carried value, so that steps can be put together
     * @param tile steps of a tile
     * @param quads whether four neighbouring channels may be read at once
     * @param multiprocessors of the device
     */
    static Walk of(boolean scan, int steps, int batch, int width, int tile, boolean quads, int multiprocessors) {
        long channels = (long) batch * width;
        if (channels >= MANY && quads) {
            return SEQ4;
        }
        if (!scan || channels >= ENOUGH || steps < tile / 2) {
            return SEQ1;
        }
        long groups = (long) batch * groups(width);
        return groups >= (long) BLOCKS * multiprocessors || steps <= tile ? CHUNK : SPLIT;
    }

    /** Groups of channels that blocks with tiles treat, for one row of the batch. */
    static int groups(int width) {
        return (width + CHANNELS - 1) / CHANNELS;
    }

    /** Blocks of the grid. */
    int blocks(int steps, int batch, int width, int tile) {
        return switch (this) {
            case SEQ1, SEQ4 -> {
                long threads = (long) batch * width / channels;
                yield Math.toIntExact((threads + threads() - 1) / threads());
            }
            case CHUNK -> Math.multiplyExact(batch, groups(width));
            case SPLIT -> Math.multiplyExact(Math.multiplyExact(batch, groups(width)), tiles(steps, tile));
        };
    }

    /** Threads of a block where channels are walked one by one: few, so that every multiprocessor has some. */
    static int threads() {
        return 64;
    }

    /** Tiles of {@code steps}; 1 for a walk that does not divide them among blocks. */
    int tiles(int steps, int tile) {
        return this == SPLIT ? (steps + tile - 1) / tile : 1;
    }
}
