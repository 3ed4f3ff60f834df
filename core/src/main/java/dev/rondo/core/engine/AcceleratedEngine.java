package dev.rondo.core.engine;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import dev.rondo.api.device.LayerProgram;
import dev.rondo.api.expr.Expr;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.Settings;
import dev.rondo.core.trace.TracedModel;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that lets a device compute the longest run of layers that it takes, and the CPU all others.
 *
 * <p>Between the layers of the run nothing leaves the device. Losses are computed on the CPU.
 */
public final class AcceleratedEngine implements Engine {
    /** Sizes of pieces for which programs of a model are kept: each holds memory of the device. */
    private static final int KEPT = 4;

    private final CpuEngine cpu;
    private final Configured<Accelerator> use;
    private final Accelerator accelerator;
    private final DeviceChoice choice;
    private final Consumer<String> notices;
    private final Set<String> said = new LinkedHashSet<>();
    /** For what it was said that small pieces are left to the CPU. */
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    /** Of all models that are in use. */
    private final Set<Programs> all = Collections.newSetFromMap(new WeakHashMap<>());

    private @Nullable Device device;
    private boolean looked;

    /**
     * An engine; owns {@code cpu}. The device is opened when a model has layers for it.
     *
     * @param choice which device; one that was named computes what it can even where it does not {@linkplain Device#pays pay}, and a
     *     lack of its memory is an error; else the CPU takes over
     * @param notices told once each, in a sentence, what the device computes and why it does not compute more
     */
    public AcceleratedEngine(
            CpuEngine cpu, Configured<Accelerator> accelerator, DeviceChoice choice, Consumer<String> notices) {
        this.cpu = cpu;
        use = accelerator;
        this.accelerator = accelerator.plugin();
        this.choice = choice;
        this.notices = notices;
    }

    @Override
    public Evaluator evaluator(TracedModel model) {
        Evaluator usual = cpu.evaluator(model);
        Division division = division(model);
        if (division == null) {
            return usual;
        }
        Evaluator before = division.before() == null ? null : cpu.evaluator(division.before());
        Evaluator after = division.after().layers().isEmpty() ? null : cpu.evaluator(division.after());
        Programs programs = new Programs(division, false);
        return (parameters, input, state) -> {
            CpuEngine.check(model, input, state);
            try (Lent lent = programs.lend(input)) {
                if (lent == null) {
                    return usual.run(parameters, input, state);
                }
                DividedState states = new DividedState(division, state);
                Sequences x = input;
                if (before != null && division.before() != null) {
                    Result result = before.run(division.arrays(parameters, division.before()), input, states.before());
                    states.endBefore(result.state());
                    x = with(input, division.device().input().width(), result.output());
                }
                LayerProgram.Result run = lent.program()
                        .forward(new LayerProgram.Piece(
                                programs.arrays(parameters), x.values(), x.lengths(), states.device(), null));
                states.endDevice(run.states());
                float[] output = run.output();
                if (after != null) {
                    Sequences y = with(input, division.device().output().width(), output);
                    Result result = after.run(division.arrays(parameters, division.after()), y, states.after());
                    states.endAfter(result.state());
                    output = result.output();
                }
                lent.keep();
                return new Result(output, states.whole(input));
            }
        };
    }

    private static Sequences with(Sequences input, int width, float[] values) {
        return new Sequences(input.steps(), input.batch(), width, values, input.lengths(), input.stamps());
    }

    @Override
    public Differentiator differentiator(TracedModel model, Objective objective) {
        Differentiator usual = cpu.differentiator(model, objective);
        Division division = division(model);
        if (division == null) {
            return usual;
        }
        if (!objective.penalties().stream().allMatch(Penalty::ofWeights)) {
            say("is not used in training: a penalty reads what layers give, not weights alone");
            return usual;
        }
        return new Divided(division, objective, usual);
    }

    /** Passes through layers on the CPU, on the device, and on the CPU again, and back. */
    private final class Divided implements Differentiator {
        private final Division division;
        private final Differentiator usual;
        private final CpuEngine.@Nullable Training before;
        private final CpuEngine.Training after;
        private final @Nullable WeightPenalties penalties;
        private final Programs programs;

        Divided(Division division, Objective objective, Differentiator usual) {
            this.division = division;
            this.usual = usual;
            TracedModel first = division.before();
            before = first == null
                    ? null
                    : cpu.training(first, GivenGradient.objective(first.output().width()), false);
            after = cpu.training(division.after(), objective.with(List.of()), true);
            penalties = objective.penalties().isEmpty() ? null : new WeightPenalties(cpu, division.whole(), objective);
            programs = new Programs(division, true);
        }

        @Override
        public Pass run(
                float[][] parameters,
                Sequences input,
                float[] target,
                float[] weights,
                ModelState state,
                RandomKey key,
                float[][] results) {
            CpuEngine.check(division.whole(), input, state);
            try (Lent lent = programs.lend(input)) {
                if (lent == null) {
                    return usual.run(parameters, input, target, weights, state, key, results);
                }
                DividedState states = new DividedState(division, state);
                int inputs = division.device().input().width();
                Sequences x = input;
                if (before != null) {
                    float[] none = new float[input.steps() * input.batch() * inputs];
                    Pass pass = before(parameters, input, none, states, key, results);
                    states.endBefore(pass.state());
                    x = with(input, inputs, pass.output());
                }
                LayerProgram.Result run = lent.program()
                        .forward(new LayerProgram.Piece(
                                division.arrays(parameters, division.device()),
                                x.values(),
                                x.lengths(),
                                states.device(),
                                keys(division, state, key)));
                states.endDevice(run.states());
                Sequences y = with(input, division.device().output().width(), run.output());
                Program.Trained pass = after.run(
                        division.arrays(parameters, division.after()),
                        y,
                        target,
                        weights,
                        states.after(),
                        key,
                        division.arrays(results, division.after()));
                states.endAfter(pass.state());
                float[] gradient = before == null ? null : new float[input.steps() * input.batch() * inputs];
                lent.program().backward(pass.byInput(), division.arrays(results, division.device()), gradient);
                if (gradient != null) {
                    before(parameters, input, gradient, states, key, results);
                }
                if (penalties != null) {
                    penalties.add(parameters, key, results);
                }
                lent.keep();
                return new Done(pass.loss(), pass.output(), states.whole(input));
            }
        }

        /** The layers before the device, and their gradient where that by their output is {@code gradient}. */
        private Pass before(
                float[][] parameters,
                Sequences input,
                float[] gradient,
                DividedState states,
                RandomKey key,
                float[][] results) {
            TracedModel model = division.before();
            if (before == null || model == null) {
                throw new IllegalStateException("there are no layers before the device");
            }
            float[] ones = new float[input.steps() * input.batch()];
            Arrays.fill(ones, 1);
            return before.run(
                    division.arrays(parameters, model),
                    input,
                    gradient,
                    ones,
                    states.before(),
                    key,
                    division.arrays(results, model));
        }
    }

    /** The keys that the CPU would draw with. */
    private static LayerProgram.Keys keys(Division division, ModelState state, RandomKey key) {
        List<List<Expr>> draws =
                division.device().layers().stream().map(LayerUses::draws).toList();
        boolean causal = division.whole().causal();
        return (layer, draw, step, row) ->
                RandomDraws.rowKey(draws.get(layer).get(draw), key, (causal ? state.seen(row) : 0) + step, row);
    }

    @Override
    public Stream stream(TracedModel model, float[][] parameters) {
        return cpu.stream(model, parameters); // one step of one row is never worth the way
    }

    /** How a model is divided, absent where the CPU computes all of it. */
    private @Nullable Division division(TracedModel model) {
        Division division = Division.of(model, accelerator);
        if (division == null) {
            if (choice.named()) {
                say("is not used: " + Division.obstacles(model, accelerator));
            }
            return null;
        }
        return device() == null ? null : division;
    }

    /** The device, opened at the first call; absent where there is none that can be used. */
    private synchronized @Nullable Device device() {
        if (!looked) {
            looked = true;
            Devices found = accelerator.devices();
            if (found.names().isEmpty()) {
                say("is not used: " + found.reason());
            } else {
                try {
                    Settings settings = Settings.of(use);
                    device = settings.asked(() -> accelerator.open(settings, choice.index()));
                } catch (DeviceException e) {
                    say("is not used: " + e.getMessage());
                }
            }
        }
        return device;
    }

    private Device opened() {
        Device open = device();
        if (open == null) {
            throw new IllegalStateException("the engine is closed");
        }
        return open;
    }

    private void closeIdle() {
        List<Programs> known;
        synchronized (all) {
            known = List.copyOf(all);
        }
        known.forEach(each -> each.idle.clear());
    }

    /** Says something once. */
    private void say(String what) {
        boolean first;
        synchronized (said) {
            first = said.add(named(what));
        }
        if (first) {
            notices.accept(named(what));
        }
    }

    private boolean said(String what) {
        synchronized (said) {
            return said.contains(named(what));
        }
    }

    private String named(String what) {
        return accelerator.describe().name() + " " + what;
    }

    @Override
    public List<String> remarks() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    @Override
    public String description() {
        return prefix() + cpu.description();
    }

    @Override
    public String arithmetic() {
        return prefix() + cpu.arithmetic();
    }

    private synchronized String prefix() {
        return device == null ? "" : device.description() + (choice.named() ? "; " : " where it is quicker; ");
    }

    @Override
    public Engine withoutDevice() {
        return cpu;
    }

    @Override
    public synchronized void close() {
        Device open = device;
        device = null;
        try {
            closeIdle();
            if (open != null) {
                open.close();
            }
        } finally {
            cpu.close();
        }
    }

    private record Size(int steps, int batch) {}

    /** A program for one pass. It is kept for the next one unless that pass fails, which leaves nobody knows what in it. */
    private final class Lent implements AutoCloseable {
        private final Programs owner;
        private final Size size;
        private final LayerProgram program;
        private boolean whole;

        Lent(Programs owner, Size size, LayerProgram program) {
            this.owner = owner;
            this.size = size;
            this.program = program;
        }

        LayerProgram program() {
            return program;
        }

        /** The pass has come to its end. */
        void keep() {
            whole = true;
        }

        @Override
        public void close() {
            if (whole && device() != null) {
                owner.idle.give(size, program);
            } else {
                program.close();
            }
        }
    }

    /** Programs of the device for the layers of one model; each is used by one thread at a time. */
    private final class Programs {
        private final Division division;
        private final boolean training;
        private final Idle<Size, LayerProgram> idle = new Idle<>(KEPT, LayerProgram::close);
        /** Whether the device cannot compile these layers, so that it need not be tried again. */
        private volatile boolean failed;
        /** The device's arrays of the parameters that were given last, so that the same ones are known to be the same. */
        private float @Nullable [][] last;

        private float @Nullable [][] chosen;

        Programs(Division division, boolean training) {
            this.division = division;
            this.training = training;
            synchronized (all) {
                all.add(this);
            }
        }

        /** A program for one pass, absent where the CPU is to compute. */
        @Nullable
        Lent lend(Sequences input) {
            LayerProgram program = take(input);
            return program == null ? null : new Lent(this, new Size(input.steps(), input.batch()), program);
        }

        /** A program, absent where the CPU is to compute. */
        private @Nullable LayerProgram take(Sequences input) {
            if (failed || input.steps() == 0 || input.batch() == 0) {
                return null;
            }
            Device device = opened();
            LayerProgram free = idle.take(new Size(input.steps(), input.batch()));
            if (free != null) {
                return free;
            }
            if (!choice.named() && !device.pays(division.uses(), input.steps(), input.batch(), training)) {
                String purpose = training ? "training" : "evaluation";
                if (left.add(purpose)) {
                    say("leaves " + purpose + " on pieces as small as " + size(input)
                            + " to the CPU, which is quicker with them");
                }
                return null;
            }
            try {
                LayerProgram program = compile(device, input);
                sayWhatItComputes();
                return program;
            } catch (DeviceException e) {
                if (!e.isOutOfMemory()) {
                    failed = true;
                    say("is not used: " + e.getMessage());
                    return null;
                }
                if (choice.named()) {
                    throw e;
                }
                say("leaves pieces of " + size(input) + " to the CPU: " + e.getMessage());
                return null;
            }
        }

        /** Compiles; where memory lacks once more, when programs that nobody uses have given theirs back. */
        private LayerProgram compile(Device device, Sequences input) {
            try {
                return device.compile(division.uses(), input.steps(), input.batch(), training);
            } catch (DeviceException e) {
                if (!e.isOutOfMemory()) {
                    throw e;
                }
                closeIdle();
                return device.compile(division.uses(), input.steps(), input.batch(), training);
            }
        }

        private static String size(Sequences input) {
            return input.steps() + " steps and " + input.batch() + " rows";
        }

        /** Evaluation of layers that are trained there too is not told of. */
        private void sayWhatItComputes() {
            String trained = "computes " + division.described();
            if (training) {
                say(trained);
            } else if (!said(trained)) {
                say("evaluates " + division.described());
            }
        }

        synchronized float[][] arrays(float[][] parameters) {
            float[][] known = chosen;
            if (known == null || last != parameters) {
                known = division.arrays(parameters, division.device());
                last = parameters;
                chosen = known;
            }
            return known;
        }
    }
}
