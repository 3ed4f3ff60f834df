package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.LayerProgram;
import dev.rondo.api.device.LayerUse;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers on the device: everything between the first input and the last output stays there. */
final class CudaProgram implements LayerProgram {
    /** Frees the memory of programs that nobody closed. */
    private static final Cleaner FORGOTTEN = Cleaner.create();

    private final Driver driver;
    private final Arena arena;
    private final Rows rows;
    private final List<LayerUse> uses;
    private final List<DeviceLayer> layers = new ArrayList<>();
    private final int steps;
    private final int batch;
    /** Whether rows may be shorter than the piece. */
    private final DeviceArray lengths;

    private final Extent full;
    private final Extent masked;
    /** Input of each layer, then the last one's output, from the first step on; what lies before it is hidden. */
    private final List<DeviceArray> sequences = new ArrayList<>();
    /** Gradients by a layer's output and by its input, in turn. */
    private final List<DeviceArray> gradients = new ArrayList<>();

    private float @Nullable [][] current;

    CudaProgram(
            Driver driver,
            KernelLibrary kernels,
            Products products,
            WalkChoice walks,
            List<LayerUse> uses,
            int steps,
            int batch,
            boolean training) {
        this.driver = driver;
        this.uses = List.copyOf(uses);
        this.steps = steps;
        this.batch = batch;
        driver.use();
        products.load();
        arena = new Arena(driver);
        rows = new Rows(kernels);
        int processors = driver.multiprocessors();
        Scratch scratch = new Scratch();
        Tools tools = new Tools(kernels, rows, products, arena, scratch, walks, processors, training);
        full = new Extent(steps, batch, 0, 0, null);
        try {
            lengths = arena.array(batch);
            masked = new Extent(steps, batch, 0, 0, lengths);
            for (LayerUse use : uses) {
                layers.add(Recognition.layer(tools, use, steps, batch, lengths));
            }
            int widest = 0;
            for (int i = 0; i <= uses.size(); i++) {
                int width = width(i);
                long step = (long) batch * width;
                long before = i < uses.size() ? layers.get(i).before() * step : 0;
                long after = i < uses.size() ? layers.get(i).after() * step : 0;
                DeviceArray sequence =
                        arena.array(before + full.values(width) + after).from(before);
                sequence.from(full.values(width)).clear(after);
                sequences.add(sequence);
                widest = Math.max(widest, width);
            }
            for (int i = 0; i < (training ? 2 : 0); i++) {
                gradients.add(arena.array(full.values(widest)));
            }
            scratch.allocate(arena);
        } catch (RuntimeException failed) {
            arena.close();
            throw failed;
        }
        FORGOTTEN.register(this, arena::close);
    }

    private int width(int i) {
        return i < uses.size() ? uses.get(i).inputs() : uses.get(i - 1).outputs();
    }

    @Override
    public Result forward(Piece piece) {
        driver.use();
        parameters(piece);
        int[] valid = piece.lengths();
        if (valid == null) {
            valid = new int[batch];
            Arrays.fill(valid, steps);
        }
        lengths.upload(valid);
        sequences.get(0).upload(piece.input());
        rows.addBias(masked, width(0), null, sequences.get(0)); // sets to 0 what lies past a row's length
        float[][] after = new float[piece.states().length][];
        for (int i = 0; i < after.length; i++) {
            after[i] = new float[piece.states()[i].length];
        }
        int state = 0;
        for (int i = 0; i < layers.size(); i++) {
            DeviceLayer layer = layers.get(i);
            DeviceArray x = sequences.get(i);
            int next = state + uses.get(i).states().size();
            Draws draws = new Draws(i, piece.keys(), steps, batch, valid);
            layer.begin(x, Arrays.copyOfRange(piece.states(), state, next), draws);
            layer.forward(x, sequences.get(i + 1));
            layer.states(x, Arrays.copyOfRange(after, state, next));
            state = next;
        }
        float[] output = new float[Math.toIntExact(full.values(width(uses.size())))];
        sequences.get(uses.size()).download(output);
        return new Result(output, after);
    }

    private void parameters(Piece piece) {
        if (piece.parameters() == current && piece.keys() == null) {
            return;
        }
        current = piece.parameters();
        int first = 0;
        for (int i = 0; i < layers.size(); i++) {
            int count = uses.get(i).parameters().size();
            layers.get(i).parameters(Arrays.copyOfRange(piece.parameters(), first, first + count));
            first += count;
        }
    }

    @Override
    public void backward(float[] output, float[][] parameters, float @Nullable [] input) {
        if (gradients.isEmpty()) {
            throw new DeviceException("the program was not compiled for training");
        }
        driver.use();
        DeviceArray dy = gradients.get(0);
        DeviceArray dx = gradients.get(1);
        dy.upload(output);
        rows.addBias(masked, width(uses.size()), null, dy);
        int end = parameters.length;
        for (int i = layers.size() - 1; i >= 0; i--) {
            int first = end - uses.get(i).parameters().size();
            layers.get(i).backward(sequences.get(i), dy, i > 0 || input != null ? dx : null);
            layers.get(i).gradients(Arrays.copyOfRange(parameters, first, end));
            end = first;
            DeviceArray next = dx;
            dx = dy;
            dy = next;
        }
        if (input != null) {
            dy.download(input);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
