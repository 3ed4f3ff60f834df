package dev.rondo.core.engine;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.PackedMatrix;
import dev.rondo.core.kernels.Plane;
import dev.rondo.core.trace.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program needs of its parameters: weights packed for products, and vectors repeated for each row.
 *
 * <p>Brought up to date before a run, if the parameters changed.
 */
final class ParameterValues {
    private record Pack(PackedMatrix matrix, int operand, int output, Expr weight) {}

    private record Tile(Expr value, Plane plane, int rows) {}

    /** Of a plane; the width is 0 for a number. */
    private record Size(int rows, int width) {}

    private final Kernels kernels;
    private final WeightDraws draws;
    private final Map<Expr, Integer> leaves = new IdentityHashMap<>();
    private final List<Expr> computed = new ArrayList<>();
    private final List<Pack> packs = new ArrayList<>();
    private final List<Tile> tiles = new ArrayList<>();
    private final Map<Expr, Map<Size, Plane>> known = new IdentityHashMap<>();
    private @Nullable ArrayProgram program;
    private float @Nullable [][] current;

    ParameterValues(Kernels kernels, List<Parameter> parameters, WeightDraws draws) {
        this.kernels = kernels;
        this.draws = draws;
        for (int i = 0; i < parameters.size(); i++) {
            leaves.put(parameters.get(i).leaf(), i);
        }
    }

    /** Packs {@code weight}, a matrix, into a block of {@code matrix}. */
    void pack(PackedMatrix matrix, int operand, int output, Expr weight) {
        packs.add(new Pack(matrix, operand, output, weight));
        need(weight.op() == Op.TRANSPOSE ? weight.input(0) : weight);
    }

    /** A plane of {@code width} features that holds {@code value}, a vector or a number, in each of {@code rows} rows. */
    Plane tile(Expr value, int width, int rows) {
        Map<Size, Plane> sizes = known.computeIfAbsent(value, any -> new HashMap<>());
        return sizes.computeIfAbsent(new Size(rows, width), any -> {
            int stride = width == 0 ? 1 : Plane.padded(width);
            Plane plane = new Plane(new float[rows * stride], 0, 0, rows == 1 ? 0 : stride, Math.max(1, width));
            if (value.op() == Op.CONSTANT) {
                java.util.Arrays.fill(plane.array(), (float) Patterns.value(value));
            } else {
                tiles.add(new Tile(value, plane, rows));
                need(value);
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
            tiles.add(new Tile(value, plane, -rows));
            need(value);
            return plane;
        });
    }

    private void need(Expr value) {
        if (!leaves.containsKey(value) && computed.stream().noneMatch(each -> each == value)) {
            computed.add(value);
        }
    }

    /** Brings everything up to date with {@code parameters}. */
    void update(float[][] parameters, boolean changed, RandomKey key) {
        draws.draw(key);
        if (!changed && current == parameters) {
            return;
        }
        current = parameters;
        if (!computed.isEmpty()) {
            ArrayProgram running = program;
            if (running == null) {
                running = ArrayProgram.compile(kernels, computed);
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
            java.util.Arrays.fill(plane.array(), number(tile.value(), parameters));
            return;
        }
        float[] source = array(tile.value(), parameters);
        boolean table = tile.rows() < 0;
        for (int row = 0; row < Math.abs(tile.rows()); row++) {
            System.arraycopy(source, table ? row * plane.width() : 0, plane.array(), plane.at(0, row), plane.width());
        }
    }

    private float number(Expr value, float[][] parameters) {
        Integer leaf = leaves.get(value);
        return leaf != null ? parameters[leaf][0] : (float) running().number(indexOf(value));
    }

    private float[] array(Expr value, float[][] parameters) {
        Integer leaf = leaves.get(value);
        return leaf != null ? parameters[leaf] : running().array(indexOf(value));
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
