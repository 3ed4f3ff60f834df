package dev.rondo.core;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.util.Modules;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Metric;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Schedule;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Metrics;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.optim.OptimizerProgram;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.registry.Registry;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Defaults;
import dev.rondo.core.spec.SpecList;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.train.LookUps;
import dev.rondo.core.train.OptimizerUpdater;
import dev.rondo.core.train.Trainer;
import dev.rondo.core.train.TrainingPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an application begins: the plugins that are there, and what specs make of them.
 *
 * <pre>{@code
 * Rondo rondo = Rondo.create();
 * List<Configured<?>> layers = rondo.layers("LSTM_50 Dropout_p=0.1");
 * }</pre>
 *
 * <p>Safe for any number of threads. One serves a whole application; where several come and go, as in an application server,
 * {@link #close} ends the worker threads of each.
 */
public final class Rondo implements AutoCloseable {
    private final Registry registry;
    private final Specs specs;

    private final Provider<Kernels> kernels;
    private final Provider<Engine> engine;
    /** Held while the engine is started and while it is ended, so that none is started behind {@link #close}. */
    private final Object engineLock = new Object();

    private @Nullable Engine started;
    private boolean closed;

    @Inject
    Rondo(Registry registry, Specs specs, Provider<Kernels> kernels, Provider<Engine> engine) {
        this.registry = registry;
        this.specs = specs;
        this.kernels = kernels;
        this.engine = engine;
    }

    /** Uses the plugins that the thread's context class loader finds. */
    public static Rondo create() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return create(Objects.requireNonNullElse(context, Rondo.class.getClassLoader()));
    }

    /**
     * Uses the plugins that {@code loader} finds.
     *
     * @param overrides bindings that take the place of those in {@link RondoModule}, or add to its plugins
     */
    public static Rondo create(ClassLoader loader, Module... overrides) {
        Module module = new RondoModule(loader);
        return Guice.createInjector(
                        overrides.length == 0
                                ? module
                                : Modules.override(module).with(overrides))
                .getInstance(Rondo.class);
    }

    /** All plugins. */
    public Registry registry() {
        return registry;
    }

    /** What computes, chosen at the first call. */
    public Kernels kernels() {
        return kernels.get();
    }

    /**
     * What runs models, started at the first call.
     *
     * @throws IllegalStateException after {@link #close}
     * @throws UsageException if the device that {@link RondoModule#DEVICE} names does not exist
     */
    public Engine engine() {
        synchronized (engineLock) {
            if (closed) {
                throw new IllegalStateException("this Rondo is closed");
            }
            try {
                Engine running = engine.get();
                started = running;
                return running;
            } catch (ProvisionException e) {
                throw e.getCause() instanceof UsageException wrong ? wrong : e;
            }
        }
    }

    /** Ends the engine, if it was started, and its threads; models of this Rondo are of no use then. */
    @Override
    public void close() {
        synchronized (engineLock) {
            closed = true;
            Engine running = started;
            started = null;
            if (running != null) {
                running.close();
            }
        }
    }

    /** Reads specs of any kind. */
    public Specs specs() {
        return specs;
    }

    /** A stack of layers, as in {@code "LSTM_50 Dropout_p=0.1"}. */
    public List<Configured<?>> layers(String spec) {
        return specs.layers(spec);
    }

    public Configured<Activation> activation(String spec) {
        return specs.activation(spec);
    }

    public Configured<Optimizer> optimizer(String spec) {
        return specs.optimizer(spec);
    }

    /**
     * How the learning rate changes, as in {@code "StepDecay_every=100"}.
     *
     * @param spec empty for the schedule that suits {@code optimizer}
     * @throws UsageException if {@code optimizer} has no learning rate that a schedule could change
     */
    public Configured<Schedule> schedule(String spec, Configured<Optimizer> optimizer) {
        Descriptor descriptor = optimizer.plugin().describe();
        if (spec.isEmpty()) {
            return standard(descriptor);
        }
        Configured<Schedule> asked = specs.schedule(spec);
        if (descriptor.learningRate().isEmpty()
                && !asked.spec().equals(standard(descriptor).spec())) {
            throw new UsageException(asked.spec() + " would change nothing: " + optimizer.name()
                    + " sets its learning rate itself; leave the schedule out");
        }
        return asked;
    }

    /** Only where it is needed: an application may do without the plugin of the standard schedule if it names another. */
    private Configured<Schedule> standard(Descriptor optimizer) {
        return specs.schedule(Defaults.schedule(optimizer));
    }

    /**
     * What training makes small.
     *
     * @param loss spec of a loss; empty for the one that suits the targets
     * @param classes number of classes of each target, 0 for a number
     */
    public Objective objective(String loss, List<Integer> classes) {
        boolean some = classes.stream().anyMatch(count -> count > 0);
        return new Objective(specs.loss(loss.isEmpty() ? Defaults.loss(some) : loss), classes);
    }

    /**
     * What is measured on {@code data}.
     *
     * @param metrics specs, separated by commas; empty for what suits the targets
     * @throws dev.rondo.api.spi.UsageException if one cannot measure what the targets are, or stands twice
     */
    public Metrics metrics(String metrics, Dataset data) {
        List<String> named = metrics.isEmpty() ? Defaults.metrics(data.hasClasses()) : SpecList.split(metrics);
        List<Configured<Metric>> all = named.stream().map(specs::metric).toList();
        Set<String> known = new HashSet<>();
        all.forEach(each -> {
            if (!known.add(each.spec())) {
                throw new UsageException("metrics: " + each.spec() + " stands twice in the list " + metrics);
            }
        });
        return new Metrics(all, data);
    }

    /**
     * What trains {@code model} on {@code data} as {@code plan} says; for one run.
     *
     * @throws UsageException if the model looks ahead where the next value of its input is to be predicted, or looks up numbers in a
     *     column that is scaled
     * @throws dev.rondo.api.spi.DataException if it looks up numbers that it does not know
     */
    public Trainer trainer(
            TracedModel model,
            Configured<Loss> loss,
            Configured<Optimizer> optimizer,
            Dataset data,
            TrainingPlan plan) {
        if (data.series().ahead() > 0 && !model.causal()) {
            throw new UsageException("the model looks ahead in " + String.join(", ", model.lookingAhead())
                    + ", so it would read the values that it is to predict: use layers that read the past only,"
                    + " or data whose targets belong to the step that is read");
        }
        LookUps.require(model, data);
        OptimizerProgram update = OptimizerProgram.create(kernels(), optimizer, model.parameters());
        Objective objective = new Objective(loss, data.classes(), penalties(plan, model));
        float[][] kept = Initialiser.fill(kernels(), objective.buffers(), plan.seed());
        Trainer trainer = new Trainer(model, engine(), objective, kept, new OptimizerUpdater(update), data, plan)
                .schedule(ScheduleProgram.create(kernels(), schedule(plan.schedule(), optimizer)));
        return plan.method().isEmpty() ? trainer : trainer.method(specs.method(plan.method()), kernels());
    }

    private List<Penalty> penalties(TrainingPlan plan, TracedModel model) {
        return Penalty.of(plan.regularizers().stream().map(specs::regularizer).toList(), model);
    }

    /** Where series come from, as in {@code "csv:prices.csv"}. */
    public Configured<SeriesSource> source(String spec) {
        return specs.source(spec);
    }
}
