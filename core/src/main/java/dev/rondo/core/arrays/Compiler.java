package dev.rondo.core.arrays;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.core.kernels.Elementwise;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.kernels.StripOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Turns equations into the instructions of an {@link ArrayProgram}. */
final class Compiler {
    /** Nodes with equal content have one value; operands are compared by the value that they have. */
    private record Content(Op op, Shape shape, Map<String, Object> attributes, List<Value> operands) {}

    /** A value in the shape of a greater one. */
    private record Fitted(Value value, Shape shape) {}

    private final Kernels kernels;
    private final Set<Expr> given;
    private final Map<Expr, Value> values = new IdentityHashMap<>();
    private final Map<Content, Value> shared = new HashMap<>();
    private final Map<Fitted, Value> fitted = new HashMap<>();
    private final Map<Expr, Value> leaves = new LinkedHashMap<>();
    private final List<Value> training = new ArrayList<>();
    private final Set<Value> fixed = new HashSet<>();
    private final List<Task> tasks = new ArrayList<>();

    Compiler(Kernels kernels, Set<Expr> given) {
        this.kernels = kernels;
        this.given = given;
    }

    ArrayProgram compile(List<Expr> outputs) {
        for (Expr output : outputs) {
            visit(output);
        }
        List<Value> results = outputs.stream().map(this::valueOf).toList();
        Schedule schedule = new Schedule(kernels, tasks, new HashSet<>(results));
        Set<Value> done = new HashSet<>();
        List<Task> once = tasks.stream().filter(Task::fixed).toList();
        List<Task> each = tasks.stream().filter(task -> !task.fixed()).toList();
        schedule.order(once, done).forEach(Instruction::run);
        return new ArrayProgram(leaves, training, results, schedule.order(each, done));
    }

    private Value valueOf(Expr node) {
        Value value = values.get(node);
        if (value == null) {
            throw new IllegalStateException(node + " was not compiled");
        }
        return value;
    }

    /** Compiles a node behind its operands, with a stack of its own: equations may be deeper than Java's. */
    private void visit(Expr root) {
        Deque<Expr> stack = new ArrayDeque<>(List.of(root));
        while (!stack.isEmpty()) {
            Expr node = stack.peek();
            if (values.containsKey(node)) {
                stack.pop();
                continue;
            }
            boolean leaf = given.contains(node);
            int waiting = stack.size();
            if (!leaf) {
                for (int i = node.inputs().size() - 1; i >= 0; i--) {
                    if (!values.containsKey(node.input(i))) {
                        stack.push(node.input(i));
                    }
                }
            }
            if (stack.size() == waiting) {
                values.put(node, leaf ? leaf(node) : compile(node));
                stack.pop();
            }
        }
    }

    private Value compile(Expr node) {
        for (Axis axis : node.shape().axes()) {
            if (node.shape().size(axis) == Shape.DYNAMIC) {
                throw new IllegalArgumentException(node + " varies with " + axis + ", whose size is not known");
            }
        }
        return switch (node.op()) {
            case INPUT, PARAMETER, STATE, RANDOM, INDEX, STAMP, FIRST_STEP, VALID -> leaf(node);
            case TRAINING -> sharedOr(node, this::trainingLeaf);
            case STOP_GRADIENT, CLIP_GRADIENT -> valueOf(node.input(0));
            case BROADCAST -> aligned(valueOf(node.input(0)), node.shape());
            default -> sharedOr(node, this::compute);
        };
    }

    private Value sharedOr(Expr node, Function<Expr, Value> make) {
        List<Value> operands = node.inputs().stream().map(this::valueOf).toList();
        Content content = new Content(node.op(), node.shape(), node.attributes(), operands);
        Value known = shared.get(content);
        if (known == null) {
            known = make.apply(node);
            shared.put(content, known);
        }
        return known;
    }

    private Value leaf(Expr node) {
        Value value = new Value(node.shape());
        leaves.put(node, value);
        return value;
    }

    private Value trainingLeaf(Expr node) {
        Value value = new Value(node.shape());
        training.add(value);
        return value;
    }

    private Value compute(Expr node) {
        List<Value> in = node.inputs().stream().map(this::valueOf).toList();
        return switch (node.op()) {
            case CONSTANT, OPTION -> number(((Number) node.attribute("value", Object.class)).doubleValue());
            case POSITION -> positions(node);
            case IDENTITY -> identity(node.shape());
            case SUM -> sum(in.get(0), node.shape(), axes(node));
            case MAX_OVER -> largest(in.get(0), node.shape(), axes(node));
            case MATMUL -> product(in.get(0), in.get(1), node.shape());
            case OUTER -> outer(in.get(0), in.get(1), node.shape());
            case TRANSPOSE -> {
                Value out = new Value(node.shape());
                yield alone(out, in, Copy.transpose(in.get(0), out));
            }
            case SLICE -> {
                Value out = new Value(node.shape());
                yield alone(out, in, Copy.slice(in.get(0), out, node.attribute("from", Integer.class)));
            }
            case CONCAT -> concat(in, node.shape());
            case GATHER -> {
                Value out = new Value(node.shape());
                yield alone(out, in, TableRows.gather(in.get(0), in.get(1), out));
            }
            case SCATTER -> {
                Value out = new Value(node.shape());
                yield alone(out, in, TableRows.scatter(in.get(0), in.get(1), out));
            }
            case LAG, REVERSE, LAST, BATCH_MEAN, SCAN, RESULT ->
                throw new IllegalArgumentException(node + " works on sequences, which an array program has not");
            default -> elementwise(node, in);
        };
    }

    private Value elementwise(Expr node, List<Value> in) {
        Value out = new Value(node.shape());
        return out.scalar() ? alone(out, in, onNumbers(node, in, out)) : onArrays(node, in, out);
    }

    private static Instruction onNumbers(Expr node, List<Value> in, Value out) {
        Op op = node.op();
        Value a = in.get(0);
        if (op == Op.CLAMP) {
            double low = node.attribute("low", Double.class);
            double high = node.attribute("high", Double.class);
            return () -> out.number = Numbers.clamp(a.number, low, high);
        }
        if (in.size() == 1) {
            return () -> out.number = Numbers.unary(op, a.number);
        }
        Value b = in.get(1);
        if (in.size() == 2) {
            return () -> out.number = Numbers.binary(op, a.number, b.number);
        }
        Value c = in.get(2);
        return () -> out.number = Numbers.ternary(op, a.number, b.number, c.number);
    }

    private Value onArrays(Expr node, List<Value> operands, Value out) {
        List<Value> in = operands.stream().map(each -> lined(each, out.shape)).toList();
        Value a = in.get(0);
        return switch (node.op()) {
            case CLAMP ->
                micro(new Micro(
                        StripOp.CLAMP,
                        out,
                        in,
                        number(node.attribute("low", Double.class)),
                        false,
                        number(node.attribute("high", Double.class))));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM, POWER, LESS ->
                micro(Micro.binary(node.op(), out, a, in.get(1)));
            case SELECT ->
                micro(Micro.of(
                        StripOp.SELECT,
                        out,
                        aligned(a, out.shape),
                        aligned(in.get(1), out.shape),
                        aligned(in.get(2), out.shape)));
            case LERP -> lerp(in, out);
            case PHASE -> phase(in, out);
            default -> micro(Micro.of(Elementwise.unary(node.op()), out, in.get(0)));
        };
    }

    private Value lerp(List<Value> in, Value out) {
        Value from = aligned(in.get(0), out.shape);
        if (!in.get(2).scalar()) {
            return micro(Micro.of(StripOp.LERP, out, from, aligned(in.get(1), out.shape), in.get(2)));
        }
        Value difference = new Value(out.shape);
        micro(Micro.binary(
                Op.SUBTRACT, difference, in.get(1).scalar() ? aligned(in.get(1), out.shape) : in.get(1), from));
        return micro(Micro.with(StripOp.MUL_S_ADD, out, in.get(2), difference, from));
    }

    private Value phase(List<Value> in, Value out) {
        List<Value> all = in.stream().map(each -> aligned(each, out.shape)).toList();
        return alone(out, all, () -> {
            float[] result = out.values();
            for (int i = 0; i < result.length; i++) {
                result[i] = (float) Numbers.ternary(
                        Op.PHASE,
                        all.get(0).values()[i],
                        all.get(1).values()[i],
                        all.get(2).values()[i]);
            }
        });
    }

    private Value positions(Expr node) {
        Value out = new Value(node.shape());
        out.allocate();
        Axis axis = node.attribute("axis", Axis.class);
        int stride = Layout.stride(node.shape(), axis);
        float[] array = out.values();
        for (int i = 0; i < array.length; i++) {
            array[i] = i / stride % node.shape().size(axis);
        }
        fixed.add(out);
        return out;
    }

    private Value identity(Shape shape) {
        Value out = new Value(shape);
        out.allocate();
        int size = shape.size(Axis.ROWS);
        for (int i = 0; i < size; i++) {
            out.values()[i * size + i] = 1;
        }
        fixed.add(out);
        return out;
    }

    private Value sum(Value in, Shape shape, List<Axis> over) {
        if (in.scalar()) {
            return in;
        }
        Value out = new Value(shape);
        if (!out.scalar()) {
            return contraction(
                    out,
                    in,
                    Layout.strides(in.shape, shape.axes()),
                    Layout.strides(in.shape, over),
                    ones(),
                    new int[shape.axes().size()],
                    new int[over.size()],
                    over.stream().mapToInt(in.shape::size).toArray());
        }
        return alone(out, List.of(in), () -> {
            double sum = 0;
            for (float each : in.values()) {
                sum += each;
            }
            out.number = sum;
        });
    }

    private Value largest(Value in, Shape shape, List<Axis> over) {
        if (in.scalar()) {
            return in;
        }
        Value out = new Value(shape);
        return alone(out, List.of(in), new Largest(in, out, over));
    }

    private Value product(Value a, Value b, Shape shape) {
        Axis meeting = a.shape.has(Axis.COLUMNS) ? Axis.COLUMNS : Axis.FEATURES;
        int[] left = new int[shape.axes().size()];
        int[] right = new int[left.length];
        for (int i = 0; i < left.length; i++) {
            Axis axis = shape.axes().get(i);
            boolean result = axis.equals(meeting);
            left[i] = result ? 0 : Layout.stride(a.shape, axis);
            right[i] = result
                    ? Layout.stride(b.shape, Axis.COLUMNS)
                    : axis.equals(Axis.ROWS) ? 0 : Layout.stride(b.shape, axis);
        }
        int[] inner = {a.shape.size(meeting)};
        return contraction(
                new Value(shape),
                a,
                left,
                new int[] {Layout.stride(a.shape, meeting)},
                b,
                right,
                new int[] {Layout.stride(b.shape, Axis.ROWS)},
                inner);
    }

    private Value outer(Value a, Value b, Shape shape) {
        List<Axis> axes = shape.axes();
        int[] left = new int[axes.size()];
        int[] right = new int[left.length];
        for (int i = 0; i < left.length; i++) {
            Axis axis = axes.get(i);
            boolean row = axis.equals(Axis.ROWS);
            boolean column = axis.equals(Axis.COLUMNS);
            left[i] = column ? 0 : Layout.stride(a.shape, row ? Axis.FEATURES : axis);
            right[i] = row ? 0 : Layout.stride(b.shape, column ? Axis.FEATURES : axis);
        }
        Set<Axis> common = new LinkedHashSet<>(a.shape.axes());
        common.retainAll(b.shape.axes());
        common.remove(Axis.FEATURES);
        common.removeAll(axes);
        List<Axis> over = List.copyOf(common);
        return contraction(
                new Value(shape),
                a,
                left,
                Layout.strides(a.shape, over),
                b,
                right,
                Layout.strides(b.shape, over),
                over.stream().mapToInt(a.shape::size).toArray());
    }

    private Value concat(List<Value> in, Shape shape) {
        Value out = new Value(shape);
        Copy[] copies = new Copy[in.size()];
        int first = 0;
        for (int i = 0; i < copies.length; i++) {
            copies[i] = Copy.part(in.get(i), out, first);
            first += in.get(i).shape.size(Axis.FEATURES);
        }
        return alone(out, in, () -> {
            for (Copy copy : copies) {
                copy.run();
            }
        });
    }

    private Value contraction(
            Value out, Value a, int[] left, int[] leftSummed, Value b, int[] right, int[] rightSummed, int[] summed) {
        int[] sizes = Layout.sizes(out.shape);
        return alone(
                out, List.of(a, b), new Contraction(out, sizes, a, left, b, right, summed, leftSummed, rightSummed));
    }

    /** The value as an array of {@code shape}. */
    private Value aligned(Value value, Shape shape) {
        return fit(value, shape, true);
    }

    /** The value as an array of {@code shape}, or as it is if it is a number. */
    private Value lined(Value value, Shape shape) {
        return fit(value, shape, false);
    }

    private Value fit(Value value, Shape shape, boolean fill) {
        if (value.shape.equals(shape) || value.scalar() && !fill) {
            return value;
        }
        Value known = fitted.get(new Fitted(value, shape));
        if (known == null) {
            Value out = new Value(shape);
            known = value.scalar()
                    ? micro(Micro.with(StripOp.FILL, out, value))
                    : alone(out, List.of(value), Copy.broadcast(value, out));
            fitted.put(new Fitted(value, shape), known);
        }
        return known;
    }

    private Value number(double number) {
        Value value = new Value(Shape.scalar());
        value.number = number;
        fixed.add(value);
        return value;
    }

    private Value ones() {
        Value one = new Value(Shape.vector(1));
        one.array = new float[] {1};
        fixed.add(one);
        return one;
    }

    private Value micro(Micro micro) {
        return add(new Task(micro.out(), micro.reads(), micro, null, isFixed(micro.reads())));
    }

    private Value alone(Value out, List<Value> reads, Instruction instruction) {
        return add(new Task(out, reads, null, instruction, isFixed(reads)));
    }

    private Value add(Task task) {
        tasks.add(task);
        if (task.fixed()) {
            fixed.add(task.writes());
        }
        return task.writes();
    }

    private boolean isFixed(List<Value> reads) {
        return fixed.containsAll(reads);
    }

    @SuppressWarnings("unchecked") // what the language puts there
    private static List<Axis> axes(Expr node) {
        return node.attribute("axes", List.class);
    }
}
