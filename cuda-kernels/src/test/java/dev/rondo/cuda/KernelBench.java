package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/**
 * Times of the recurrences and of whole layers on a GPU, as rows of tables in Markdown.
 *
 * <p>Device events around {@link #CALLS} calls, median of {@link #ROUNDS}; buffers rotate where they would fit into the second cache;
 * random data. A share is that of the rate at which a copy of {@link #COPIED} bytes reads and writes.
 */
public final class KernelBench {
    private static final int ROUNDS = 25;
    private static final int CALLS = 4;
    private static final long COPIED = 1L << 30;
    /** Bytes that have to lie between two uses of the same buffer, more than a second cache holds. */
    private static final long APART = 256L << 20;

    /** Steps, rows, width. */
    private static final List<int[]> SHAPES = List.of(
            new int[] {32, 32, 256},
            new int[] {128, 32, 512},
            new int[] {105, 20, 640},
            new int[] {1024, 32, 1024},
            new int[] {1024, 8, 512},
            new int[] {16384, 16, 128},
            new int[] {65536, 1, 1024},
            new int[] {65536, 8, 512});

    private final Driver driver;
    private final KernelLibrary kernels;
    private final double copy;

    private KernelBench(Driver driver) {
        this.driver = driver;
        kernels = new KernelLibrary(driver);
        copy = copyRate();
    }

    /** Arguments: the shape, as 1024,32,1024, or nothing for all of them. */
    public static void main(String[] arguments) {
        System.out.println(new CudaAccelerator().devices());
        try (Driver driver = new Driver(0)) {
            KernelBench bench = new KernelBench(driver);
            System.out.printf(Locale.ROOT, "copy: %.0f GB/s%n%n", bench.copy / 1e9);
            List<int[]> shapes = arguments.length == 0
                    ? SHAPES
                    : List.of(Arrays.stream(arguments[0].split(","))
                            .mapToInt(Integer::parseInt)
                            .toArray());
            System.out.println(
                    "| recurrence | steps, rows, width | walk | µs | bytes per value | GB/s | share of copy |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (int[] shape : shapes) {
                bench.recurrences(shape);
            }
            System.out.println();
            System.out.println(
                    "| layer, D = H | steps, rows, width | products | forward µs | forward and backward µs |");
            System.out.println("|---|---|---|---|---|");
            for (int[] shape : shapes) {
                for (Precision precision : Precision.values()) {
                    for (ProductSource source : List.of(ProductSource.OWN, ProductSource.AUTO)) {
                        bench.layers(shape, precision, source);
                    }
                }
            }
        }
    }

    private double copyRate() {
        try (Arena arena = new Arena(driver)) {
            DeviceArray from = arena.array(COPIED / 8);
            DeviceArray to = arena.array(COPIED / 8);
            double seconds = median(i -> JCudaDriver.cuMemcpyDtoD(to.pointer(), from.pointer(), COPIED / 2));
            return COPIED / seconds;
        }
    }

    private interface Call {
        void run(int round);
    }

    /** Seconds of one call. */
    private double median(Call call) {
        CUevent begin = new CUevent();
        CUevent end = new CUevent();
        JCudaDriver.cuEventCreate(begin, 0);
        JCudaDriver.cuEventCreate(end, 0);
        double[] times = new double[ROUNDS];
        for (int round = -3; round < ROUNDS; round++) {
            JCudaDriver.cuEventRecord(begin, null);
            for (int i = 0; i < CALLS; i++) {
                call.run((round + 3) * CALLS + i);
            }
            JCudaDriver.cuEventRecord(end, null);
            JCudaDriver.cuEventSynchronize(end);
            float[] milliseconds = new float[1];
            JCudaDriver.cuEventElapsedTime(milliseconds, begin, end);
            if (round >= 0) {
                times[round] = milliseconds[0] / 1e3 / CALLS;
            }
        }
        JCudaDriver.cuEventDestroy(begin);
        JCudaDriver.cuEventDestroy(end);
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private void recurrences(int[] shape) {
        sru(shape, true, false);
        sru(shape, true, true);
        sru(shape, false, true);
        sruBackward(shape);
        for (String pooling : List.of("f", "fo", "ifo")) {
            qrnn(shape, pooling, false);
            qrnn(shape, pooling, true);
        }
    }

    /** Sequences of random numbers, as many sets of them as do not fit into a cache. */
    private final class Sets implements AutoCloseable {
        private final Arena arena = new Arena(driver);
        private final List<DeviceArray> sets = new ArrayList<>();
        private final long values;

        /** Sets of {@code each} sequences of {@code values} values. */
        Sets(long values, int each) {
            this.values = values;
            long bytes = values * each * Float.BYTES;
            int count = (int) Math.max(1, Math.min(64, APART / bytes));
            for (int i = 0; i < count; i++) {
                DeviceArray set = arena.array(values * each);
                fill(set);
                sets.add(set);
            }
        }

        DeviceArray sequence(int round, int i) {
            return sets.get(round % sets.size()).from(values * i);
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    private void fill(DeviceArray array) {
        float[] some = new float[(int) Math.min(array.length(), 1 << 22)];
        Random random = new Random(1);
        for (int i = 0; i < some.length; i++) {
            some[i] = (float) random.nextGaussian();
        }
        long bytes = 4L * some.length;
        driver.upload(array.pointer(), Pointer.to(some), bytes);
        for (long at = some.length; at < array.length(); at += some.length) {
            long words = Math.min(some.length, array.length() - at);
            JCudaDriver.cuMemcpyDtoD(array.from(at).pointer(), array.pointer(), 4 * words);
        }
    }

    private Recurrence recurrence(
            Arena arena, String file, String name, boolean scan, int tile, int sums, int[] shape) {
        Extent extent = new Extent(shape[0], shape[1], shape[2], shape[2], null);
        Walk walk = Walk.of(scan, shape[0], shape[1], shape[2], tile, shape[2] % 4 == 0, driver.multiprocessors());
        return new Recurrence(kernels, arena, file, name, walk, tile, sums, extent);
    }

    private void sru(int[] shape, boolean fed, boolean training) {
        long values = (long) shape[0] * shape[1] * shape[2];
        try (Sets sets = new Sets(values, 6);
                Arena arena = new Arena(driver)) {
            DeviceArray vectors = arena.array(4L * shape[2]);
            fill(vectors);
            DeviceArray last = arena.array((long) shape[1] * shape[2]);
            String name = fed ? "sru_fed_forward" : "sru_v1_forward";
            Recurrence forward = recurrence(arena, "sru_forward", name, !fed, Walk.FORWARD_TILE, 0, shape);
            double seconds = median(round -> forward.run(
                    sets.sequence(round, 0),
                    3 * shape[2],
                    vectors,
                    fed ? vectors.from(2L * shape[2]) : null,
                    sets.sequence(round, 3),
                    shape[2],
                    shape[2],
                    1f,
                    null,
                    0,
                    null,
                    sets.sequence(round, 4),
                    training ? sets.sequence(round, 5) : null,
                    last));
            row(
                    "SRU " + (fed ? "" : "v1 ") + (training ? "training" : "inference"),
                    shape,
                    forward,
                    seconds,
                    training ? 24 : 20);
        }
    }

    private void sruBackward(int[] shape) {
        long values = (long) shape[0] * shape[1] * shape[2];
        try (Sets sets = new Sets(values, 10);
                Arena arena = new Arena(driver)) {
            DeviceArray vectors = arena.array(4L * shape[2]);
            fill(vectors);
            Recurrence backward = recurrence(arena, "sru_backward", "sru_backward", true, Walk.BACKWARD_TILE, 4, shape);
            double seconds = median(round -> backward.run(
                    sets.sequence(round, 0),
                    3 * shape[2],
                    vectors,
                    vectors.from(2L * shape[2]),
                    sets.sequence(round, 3),
                    shape[2],
                    shape[2],
                    1f,
                    null,
                    0,
                    null,
                    sets.sequence(round, 4),
                    sets.sequence(round, 5),
                    sets.sequence(round, 6),
                    backward.partial(),
                    sets.sequence(round, 9),
                    shape[2]));
            row("SRU backward", shape, backward, seconds, 40);
        }
    }

    private void qrnn(int[] shape, String pooling, boolean gradient) {
        int gates = pooling.length() + 1;
        long values = (long) shape[0] * shape[1] * shape[2];
        String file = "qrnn_" + pooling;
        try (Sets sets = new Sets(values, 2 * gates + 2);
                Arena arena = new Arena(driver)) {
            DeviceArray bias = arena.array((long) gates * shape[2]);
            fill(bias);
            DeviceArray last = arena.array((long) shape[1] * shape[2]);
            String name = file + (gradient ? "_backward" : "_forward");
            Recurrence run = recurrence(
                    arena,
                    file,
                    name,
                    true,
                    gradient ? Walk.BACKWARD_TILE : Walk.FORWARD_TILE,
                    gradient ? gates : 0,
                    shape);
            double seconds = median(round -> {
                DeviceArray g = sets.sequence(round, 0);
                DeviceArray h = sets.sequence(round, gates);
                DeviceArray c = sets.sequence(round, gates + 1);
                if (gradient) {
                    run.run(g, bias, null, null, c, h, sets.sequence(round, gates + 2), run.partial());
                } else {
                    run.run(g, bias, null, null, h, c, last);
                }
            });
            // With pooling f the output is the state, yet both are written: the layers do so in training.
            int bytes = 4 * (gates + 2) + (gradient ? 4 * gates : 0);
            row("QRNN-" + pooling + (gradient ? " backward" : " training"), shape, run, seconds, bytes);
        }
    }

    private void row(String name, int[] shape, Recurrence recurrence, double seconds, int bytes) {
        double rate = (double) shape[0] * shape[1] * shape[2] * bytes / seconds;
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.1f | %d | %.0f | %.0f %% |%n",
                name,
                text(shape),
                recurrence.walk(),
                seconds * 1e6,
                bytes,
                rate / 1e9,
                100 * rate / copy);
    }

    private static String text(int[] shape) {
        return shape[0] + ", " + shape[1] + ", " + shape[2];
    }

    /** A whole layer in training, its transfers left out. */
    private void layers(int[] shape, Precision precision, ProductSource source) {
        if (precision == Precision.TF32X3 && source == ProductSource.AUTO) {
            return; // the same as our own
        }
        for (String plugin : List.of("SRU", "QRNN")) {
            try (Rondo rondo = Rondo.create();
                    Arena arena = new Arena(driver);
                    Products products = new Products(kernels, driver, precision, source)) {
                Model model = Model.of(rondo, ModelSpec.of(plugin + "_" + shape[2], shape[2], shape[2]), 2);
                LayerUse use = Offered.layers(model.traced()).get(0);
                Scratch scratch = new Scratch();
                Rows rows = new Rows(kernels);
                int processors = driver.multiprocessors();
                Tools tools = new Tools(kernels, rows, products, arena, scratch, Walk::of, processors, true);
                DeviceLayer layer = Recognition.layer(tools, use, shape[0], shape[1], null);
                scratch.allocate(arena);
                long values = (long) shape[0] * shape[1] * shape[2];
                DeviceArray x = arena.array(values);
                DeviceArray y = arena.array(values);
                DeviceArray dy = arena.array(values);
                DeviceArray dx = arena.array(values);
                fill(x);
                fill(dy);
                layer.parameters(model.parameters());
                float[][] states = {new float[shape[1] * shape[2]]};
                layer.begin(x, states, new Draws(0, null, shape[0], shape[1], null));
                double forward = median(round -> layer.forward(x, y));
                double both = median(round -> {
                    layer.forward(x, y);
                    layer.backward(x, dy, dx);
                });
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s%s | %.1f | %.1f |%n",
                        plugin,
                        text(shape),
                        products.description(),
                        source == ProductSource.OWN ? ", our own" : "",
                        forward * 1e6,
                        both * 1e6);
            }
        }
    }
}
