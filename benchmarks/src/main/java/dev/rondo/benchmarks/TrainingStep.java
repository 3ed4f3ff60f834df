package dev.rondo.benchmarks;

import dev.rondo.api.spi.Loss;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Times forward and backward passes with all weight gradients of one recurrent layer, and counts what they allocate.
 *
 * <p>A rate counts the products alone: 6 · T · B · gates · H · (D + H) operations where the state meets a matrix, 6 · T · B ·
 * blocks · H · D where it does not. Prints the median of the second half of the runs, and the best.
 */
public final class TrainingStep {
    private static final int[][] SHAPES = {{100, 32, 64, 128}, {100, 64, 256, 256}};

    private final Rondo rondo = Rondo.create();
    private final PrintStream out;
    private final double seconds;

    private TrainingStep(PrintStream out, double seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    /**
     * Prints a table.
     *
     * @param arguments seconds for each row (default 5), then the numbers of threads (default 1 2)
     */
    public static void main(String[] arguments) {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 5;
        int[] threads = arguments.length > 1
                ? Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 2};
        new TrainingStep(System.out, seconds).table(threads);
    }

    private void table(int[] threads) {
        out.println(rondo.kernels().description() + ", Java " + Runtime.version());
        out.println("cell  threads      T    B    D    H   median ms  best ms  GFLOP/s   bytes/call");
        for (int[] shape : SHAPES) {
            for (String cell : List.of("LSTM", "GRU", "MGU", "SRU")) {
                for (int count : threads) {
                    row(cell, count, shape[0], shape[1], shape[2], shape[3]);
                }
            }
        }
    }

    private void row(String cell, int threads, int steps, int batch, int inputs, int units) {
        TracedModel model = new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers(cell + "_" + units), inputs);
        Random random = new Random(1);
        float[][] parameters = new float[model.parameters().size()][];
        float[][] gradients = new float[parameters.length][];
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = model.parameters().get(i);
            parameters[i] = normal(random, parameter.length(), 0.1);
            gradients[i] = new float[parameter.length()];
        }
        Sequences input = Sequences.of(steps, batch, inputs, normal(random, steps * batch * inputs, 1));
        float[] target = new float[steps * batch * units];
        float[] weights = new float[steps * batch];
        Arrays.fill(weights, 1f / weights.length);
        ModelState state = ModelState.zero(model.states(), batch);
        try (Engine engine = new CpuEngine(rondo.kernels(), threads)) {
            Engine.Differentiator differentiator = engine.differentiator(model, loss());
            RandomKey key = new RandomKey(1, 0, 0);
            int runs = 0;
            double[] times = new double[100_000];
            long allocated = 0;
            long end = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < end && runs < times.length) {
                long before = allocated();
                long start = System.nanoTime();
                differentiator.run(parameters, input, target, weights, state, key, gradients);
                times[runs++] = (System.nanoTime() - start) / 1e6;
                allocated = allocated() - before;
            }
            double[] warm = Arrays.copyOfRange(times, runs / 2, runs);
            Arrays.sort(warm);
            double median = warm[warm.length / 2];
            out.printf(
                    Locale.ROOT,
                    "%-5s %7d  %5d %4d %4d %4d  %10.2f %8.2f %8.1f %12d%n",
                    cell,
                    threads,
                    steps,
                    batch,
                    inputs,
                    units,
                    median,
                    warm[0],
                    operations(cell, steps, batch, inputs, units) / median / 1e6,
                    allocated);
        }
    }

    private static double operations(String cell, int steps, int batch, int inputs, int units) {
        double each = 6.0 * steps * batch * units;
        return switch (cell) {
            case "LSTM" -> each * 4 * (inputs + units);
            case "GRU" -> each * 3 * (inputs + units);
            case "MGU" -> each * 2 * (inputs + units);
            case "SRU" -> each * (inputs == units ? 3 : 4) * inputs;
            default -> throw new IllegalArgumentException(cell);
        };
    }

    private static float[] normal(Random random, int length, double deviation) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private Configured<Loss> loss() {
        return rondo.specs().loss("MSE");
    }

    /** Bytes that this thread has allocated so far, results that callers keep included. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
