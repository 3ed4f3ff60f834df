package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import java.util.ArrayList;
import java.util.List;

/** Weights of several gates side by side in one matrix, so that one product serves them all. */
final class Packing {
    private record Block(int parameter, int column, int columns) {}

    private final LayerUse use;
    private final int rows;
    private final int width;
    private final List<Block> blocks = new ArrayList<>();

    /** A matrix of {@code rows} rows of {@code width}; a vector has one row. */
    Packing(LayerUse use, int rows, int width) {
        this.use = use;
        this.rows = rows;
        this.width = width;
        length(); // throws where it is too much for an array
    }

    /** Puts the parameter called {@code name}, with rows of {@code columns}, from {@code column} on. */
    Packing put(String name, int column, int columns) {
        for (int i = 0; i < use.parameters().size(); i++) {
            if (use.parameters().get(i).name().equals(name)) {
                blocks.add(new Block(i, column, columns));
                return this;
            }
        }
        throw new IllegalArgumentException(use.path() + " has no parameter " + name);
    }

    int length() {
        return Math.multiplyExact(rows, width);
    }

    /** Number of values that parameters cover. */
    int covered() {
        return blocks.stream()
                .mapToInt(block -> use.parameters().get(block.parameter()).length())
                .sum();
    }

    /** Packs parameters; what none covers is 0. */
    void pack(float[][] parameters, DeviceArray to) {
        float[] packed = new float[length()];
        for (Block block : blocks) {
            float[] values = parameters[block.parameter()];
            for (int from = 0, row = 0; from < values.length; from += block.columns(), row++) {
                System.arraycopy(values, from, packed, row * width + block.column(), block.columns());
            }
        }
        to.upload(packed);
    }

    /** Takes a packed matrix apart. */
    void unpack(DeviceArray from, float[][] parameters) {
        float[] packed = new float[length()];
        from.download(packed);
        for (Block block : blocks) {
            float[] values = parameters[block.parameter()];
            for (int to = 0, row = 0; to < values.length; to += block.columns(), row++) {
                System.arraycopy(packed, row * width + block.column(), values, to, block.columns());
            }
        }
    }
}
