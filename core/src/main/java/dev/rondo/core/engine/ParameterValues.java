package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.PackedMatrix;
import dev.rondo.core.kernels.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program needs of its parameters, and of the sums over rows: weights packed for products, and vectors repeated for each row.
 *
 * <p>Brought up to date before the rows of a stage; before those of the first one only if the parameters changed.
 */
final class ParameterValues {
    private record Pack(PackedMatrix matrix, int operand, int output, Expr weight) {}

    private record Tile(Expr value, Plane plane, int rows) {}

    /** Of a plane; the width is 0 for a number. */
    private record Size(int rows, int width) {}

    private final Kernels kernels;
    private final WeightDraws draws;
    private final Stages stages;
    private final Map<Expr, float[]> sums;
    private final Map<Expr, Integer> leaves = new IdentityHashMap<>();
    private final List<Level> levels = new ArrayList<>();
    private final Map<Expr, Map<Size, Plane>> known = new IdentityHashMap<>();
    private float @Nullable [][] current;

    /**
     * The values of one program.
     *
     * @param leaves of the arrays that a run is given, in their order
     * @param sums over rows, with the arrays that hold them
     */
    ParameterValues(
            Kernels kernels, List<Expr> leaves, WeightDraws draws, Stages stages, int count, Map<Expr, float[]> sums) {
        this.kernels = kernels;
        this.draws = draws;
        this.stages = stages;
        this.sums = sums;
        for (int i = 0; i < leaves.size(); i++) {
            this.leaves.put(leaves.get(i), i);
        }
        for (int i = 0; i < count; i++) {
            levels.add(new Level());
        }
    }

    /** Packs {@code weight}, a matrix, into a block of {@code matrix}. */
    void pack(PackedMatrix matrix, int operand, int output, Expr weight) {
        Level level = level(weight);
        level.packs.add(new Pack(matrix, operand, output, weight));
        level.need(weight.op() == Op.TRANSPOSE ? weight.input(0) : weight);
    }

    /** A plane of {@code width} features that holds {@code value}, a vector or a number, in each of {@code rows} rows. */
    Plane tile(Expr value, int width, int rows) {
        Map<Size, Plane> sizes = known.computeIfAbsent(value, any -> new HashMap<>());
        return sizes.computeIfAbsent(new Size(rows, width), any -> {
            int stride = width == 0 ? 1 : Plane.padded(width);
            Plane plane = new Plane(new float[rows * stride], 0, 0, rows == 1 ? 0 : stride, Math.max(1, width));
            if (value.op() == Op.CONSTANT) {
                Arrays.fill(plane.array(), (float) Patterns.value(value));
            } else {
                level(value).add(new Tile(value, plane, rows));
            }
            return plane;
        });
    }

    /** The matrix {@code value} as a plane with a row for each of its rows. */
    Plane table(Expr value) {
        int columns = value.shape().size(Axis.COLUMNS);
        int rows = value.shape().size(Axis.ROWS);
        Map<Size, Plane> sizes = known.computeIfAbsent(value, any -> new HashMap<>());
        return sizes.computeIfAbsent(new Size(-rows, columns), any -> {
            int stride = Plane.padded(columns);
            Plane plane = new Plane(new float[rows * stride], 0, 0, stride, columns);
            level(value).add(new Tile(value, plane, -rows));
            return plane;
        });
    }

    private Level level(Expr value) {
        return levels.get(stages.of(value));
    }

    /** Draws anew, and brings the first stage up to date with {@code parameters}. */
    void update(float[][] parameters, boolean changed, RandomKey key) {
        draws.draw(key);
        if (!changed && current == parameters) {
            return;
        }
        current = parameters;
        levels.get(0).update(parameters, key);
    }

    /** Brings a later stage up to date with the sums over the rows of those before. */
    void update(int stage, float[][] parameters, RandomKey key) {
        levels.get(stage).update(parameters, key);
    }

    /** What becomes known with one stage. */
    private final class Level {
        private final List<Expr> computed = new ArrayList<>();
        private final List<Pack> packs = new ArrayList<>();
        private final List<Tile> tiles = new ArrayList<>();
        private @Nullable ArrayProgram program;

        void add(Tile tile) {
            tiles.add(tile);
            need(tile.value());
        }

        void need(Expr value) {
            if (!leaves.containsKey(value)
                    && !sums.containsKey(value)
                    && computed.stream().noneMatch(each -> each == value)) {
                computed.add(value);
            }
        }

        void update(float[][] parameters, RandomKey key) {
            if (!computed.isEmpty()) {
                ArrayProgram running = program;
                if (running == null) {
                    running = ArrayProgram.compile(kernels, computed, sums.keySet());
                    sums.forEach(running::bind);
                    draws.bind(running);
                    draws.draw(key);
                    program = running;
                }
                for (Map.Entry<Expr, Integer> leaf : leaves.entrySet()) {
                    running.bind(leaf.getKey(), parameters[leaf.getValue()]);
                }
                running.run();
            }
            for (Pack pack : packs) {
                boolean transposed = pack.weight().op() == Op.TRANSPOSE;
                Expr source = transposed ? pack.weight().input(0) : pack.weight();
                int columns = source.shape().size(Axis.COLUMNS);
                if (transposed) {
                    pack.matrix().packTransposed(pack.operand(), pack.output(), array(source, parameters), 0, columns);
                } else {
                    pack.matrix().pack(pack.operand(), pack.output(), array(source, parameters), 0, columns);
                }
            }
            for (Tile tile : tiles) {
                fill(tile, parameters);
            }
        }

        private void fill(Tile tile, float[][] parameters) {
            Plane plane = tile.plane();
            if (tile.value().shape().axes().isEmpty()) {
                Arrays.fill(plane.array(), number(tile.value(), parameters));
                return;
            }
            float[] source = array(tile.value(), parameters);
            boolean table = tile.rows() < 0;
            for (int row = 0; row < Math.abs(tile.rows()); row++) {
                System.arraycopy(
                        source, table ? row * plane.width() : 0, plane.array(), plane.at(0, row), plane.width());
            }
        }

        private float number(Expr value, float[][] parameters) {
            float[] given = given(value, parameters);
            return given != null ? given[0] : (float) running().number(indexOf(value));
        }

        private float[] array(Expr value, float[][] parameters) {
            float[] given = given(value, parameters);
            return given != null ? given : running().array(indexOf(value));
        }

        private ArrayProgram running() {
            return java.util.Objects.requireNonNull(program);
        }

        private int indexOf(Expr value) {
            for (int i = 0; i < computed.size(); i++) {
                if (computed.get(i) == value) {
                    return i;
                }
            }
            throw new IllegalStateException("not computed: " + value);
        }
    }

    private float @Nullable [] given(Expr value, float[][] parameters) {
        Integer leaf = leaves.get(value);
        return leaf != null ? parameters[leaf] : sums.get(value);
    }
}
