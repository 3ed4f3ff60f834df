package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Regularizer;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.RondoModule;
import dev.rondo.core.data.Chunk;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Metrics;
import dev.rondo.core.files.Checkpoint;
import dev.rondo.core.files.FolderLock;
import dev.rondo.core.files.RunDirectory;
import dev.rondo.core.method.MethodEquations;
import dev.rondo.core.optim.OptimizerEquations;
import dev.rondo.core.optim.OptimizerProgram;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Digest;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.Evaluation;
import dev.rondo.core.train.Trainer;
import dev.rondo.core.train.TrainingListener;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.TrainingResult;
import dev.rondo.core.train.UnitVariance;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One training run, told as it goes. */
final class Training {
    /** Keys of the configuration. */
    private static final String FUTURE = "future";

    private static final String DIGEST = "dataDigest";

    private final Main main;
    private final TrainOptions options;
    private final int future;
    /** Where people read; nowhere if a program does, whose JSON line says it all. */
    private final PrintStream text;

    private final Rondo rondo;
    private final Configured<SeriesSource> source;
    private final Configured<Optimizer> optimizer;
    private final Objective objective;
    private final Configured<Loss> loss;
    private final Metrics metrics;
    private final TrainingPlan plan;
    private final List<String> notices = new ArrayList<>();
    private final Dataset data;
    private final Model start;
    private final List<UnitVariance.Layer> variances;

    Training(Main main, TrainOptions options, int future, boolean json) {
        this.main = main;
        this.options = options;
        this.future = future;
        this.text = json ? Main.silent() : main.out();
        this.rondo = main.rondo();
        Errors errors = new Errors();
        Configured<SeriesSource> readSource = errors.collect(() -> rondo.source(options.data()));
        errors.collect(() -> rondo.layers(options.layers()));
        for (String gate : List.of(options.sigmoid(), options.tanh())) {
            if (!gate.isEmpty()) {
                errors.collect(() -> rondo.activation(gate));
            }
        }
        Configured<Optimizer> readOptimizer = errors.collect(this::readOptimizer);
        checkSettings(rondo, options, errors);
        errors.throwIfAny();
        source = Errors.present(readSource);
        optimizer = Errors.present(readOptimizer);
        if (options.lr() != null) {
            options.settleOptimizer(optimizer.spec());
        }
        data = data(source, options, notices::add);
        objective = rondo.objective(options.loss(), data.classes());
        loss = objective.loss();
        options.settleLoss(loss.spec());
        metrics = rondo.metrics(options.metrics(), data);
        options.settleEpochs(TrainingPlan.epochsFor(data));
        options.settleSchedule(rondo.schedule(options.schedule(), optimizer).spec());
        plan = options.plan();
        ModelSpec spec = ModelSpec.of(options.layers(), data)
                .withOutputs(objective.widths())
                .withGates(options.sigmoid(), options.tanh())
                .withHead(options.head());
        Model drawn = Model.of(rondo, spec, options.seed(), options.init());
        UnitVariance scaled = options.unitVariance()
                ? UnitVariance.of(rondo.engine(), drawn.traced(), drawn.parameters(), data)
                : null;
        start = scaled == null ? drawn : drawn.withParameters(scaled.parameters());
        variances = scaled == null ? List.of() : scaled.layers();
        if (future > 0) {
            start.requireForecast();
        }
        trainer(data, plan); // what cannot be trained is told before a folder is made
    }

    /** Notes what is wrong with the options that are not about the model. */
    static void checkSettings(Rondo rondo, TrainOptions options, Errors errors) {
        if (!options.loss().isEmpty()) {
            errors.collect(() -> rondo.specs().loss(options.loss()));
        }
        if (!options.schedule().isEmpty()) {
            errors.collect(() -> rondo.specs().schedule(options.schedule()));
        }
        options.regularizers()
                .forEach(each -> errors.collect(() -> rondo.specs().regularizer(each)));
        if (!options.method().isEmpty()) {
            errors.collect(() -> rondo.specs().method(options.method()));
        }
        errors.collect(options::plan);
        errors.collect(options::dataSetup);
    }

    /**
     * The data that the options say.
     *
     * @param notices told what the source has to say about them
     * @throws dev.rondo.api.spi.DataException if they are too few to train on, which is told before a folder is made
     */
    static Dataset data(Configured<SeriesSource> source, TrainOptions options, Consumer<String> notices) {
        if (source.plugin().readsFile()) {
            options.settleFile();
        }
        Dataset opened = Dataset.open(source, options.dataSetup(), notices);
        Dataset data = opened.withStreams(options.settleStreams(opened.suitableStreams()));
        data.chunks(options.plan().length(), options.plan().warmup());
        return data;
    }

    private Configured<Optimizer> readOptimizer() {
        Configured<Optimizer> read = rondo.optimizer(options.optim());
        Double rate = options.lr();
        return rate == null ? read : OptimizerProgram.withLearningRate(read, rate);
    }

    /** For the run's folder. */
    String name() {
        return source.name() + "-" + start.spec().layers();
    }

    /** Says what is going to be done. */
    void introduce(boolean bare) {
        if (bare) {
            text.println("In full: " + Shell.command(command()));
        } else {
            text.println(Shell.command(command()));
        }
        text.println();
        Table table = new Table();
        table.row(
                "data",
                source.spec() + ": " + Figures.grouped(data.rows()) + " series of "
                        + Figures.grouped(data.series().length()) + " values, " + columns());
        table.row(
                "",
                "steps: " + data.training().steps() + " training, "
                        + data.validation().steps() + " validation, "
                        + data.test().steps() + " test");
        for (String remark : remarks()) {
            table.row("", remark);
        }
        List<String> layers = Outcome.layers(start.traced());
        for (int i = 0; i < layers.size(); i++) {
            table.row(i == 0 ? "layers" : "", layers.get(i));
        }
        table.row("", Figures.grouped(start.traced().parameterCount()) + " parameters in all");
        for (int i = 0; i < variances.size(); i++) {
            table.row(i == 0 ? "variance" : "", said(variances.get(i)));
        }
        table.row("loss", loss.spec());
        table.row("optimizer", optimizer.spec());
        table.row("schedule", plan.schedule());
        if (!plan.regularizers().isEmpty()) {
            table.row("penalties", regularizers());
        }
        if (!plan.method().isEmpty()) {
            table.row("method", method());
        }
        table.row("engine", rondo.engine().description());
        table.print(text, "");
        text.println();
    }

    private static String said(UnitVariance.Layer layer) {
        String variance = layer.path() + ": " + Figures.shortly(layer.variance());
        return layer.reached() ? variance : variance + ", as it was: its outputs cannot have 1";
    }

    /** What is not as usual with the data, or ought to be known of how they are used. */
    private List<String> remarks() {
        List<String> remarks = new ArrayList<>(notices);
        int episode = data.series().episode();
        if (episode > 0) {
            String each = "tasks of " + episode + " steps, the state begins anew with each";
            remarks.add(
                    plan.length() < episode
                            ? each + "; gradients reach back " + plan.length() + " of them, so think of --seq-len "
                                    + episode
                            : each);
        }
        if (data.series().scored().length > 0) {
            remarks.add(Figures.grouped(data.scored(data.training()).length) + " predictions count in training, "
                    + Figures.grouped(data.scored(data.test()).length) + " in the test");
        }
        for (String column : data.series().targets()) {
            int classes = data.series().classCount(column);
            if (classes > 0) {
                remarks.add(column + " is one of " + classes + " classes");
            }
        }
        if (data.streams() > 1) {
            remarks.add("cut into " + data.streams() + " streams for training");
        }
        if (Graphs.computesWithClasses(start.traced())) {
            remarks.add(
                    "the layers compute with the numbers of classes; Embedding_32 or OneHot as the first tells them apart");
        }
        return remarks;
    }

    private String columns() {
        List<String> inputs = data.series().inputs();
        List<String> targets = data.series().targets();
        String read = String.join(", ", inputs);
        return inputs.equals(targets)
                ? "column " + read
                : "columns " + read + ", to predict " + String.join(", ", targets);
    }

    /**
     * Trains, measures and writes everything into {@code directory}.
     *
     * @param stop asked after every chunk; what was reached when it says yes is measured and written
     * @return nothing if it was stopped in the first epoch: a model of first weights would pass for a trained one
     */
    Optional<Outcome> run(RunDirectory directory, boolean resume, BooleanSupplier stop) {
        try (FolderLock alone = FolderLock.take(directory.path())) {
            return runAlone(directory, resume, stop);
        }
    }

    private Optional<Outcome> runAlone(RunDirectory directory, boolean resume, BooleanSupplier stop) {
        if (resume) {
            requireSameData(directory);
        } else {
            directory.writeConfig(config());
        }
        EngineRecord record = new EngineRecord(directory, rondo, Shell.command(command()), resume);
        TrainingResult result = train(directory, record, resume, stop);
        if (options.refit() && result.bestEpoch() > 0 && !stop.getAsBoolean()) {
            result = refit(result, stop);
        }
        if (result.epochs() == 0 && result.ending() == TrainingResult.Ending.STOPPED) {
            return Optional.empty();
        }
        Evaluation.Parts parts = trainer(data, plan).evaluation().all(result.parameters());
        Model trained = start.withParameters(result.parameters());
        trained.save(directory.model());
        Comparison comparison = Comparison.of(metrics, data, objective, parts);
        Outcome outcome = new Outcome(
                command(record.device()),
                objective,
                facts(record),
                start.traced(),
                data,
                result,
                parts,
                comparison,
                directory.path());
        new Results(text, outcome, trained, future).writeAll();
        return Optional.of(outcome);
    }

    /** A checkpoint of other data would be refused too, but by digests, which say little. */
    private void requireSameData(RunDirectory directory) {
        Object before = directory.readConfig().get(DIGEST);
        if (before != null && !before.equals(data.digest())) {
            String what =
                    source.plugin().readsFile() ? source.argument() + " has" : "the data of " + source.spec() + " have";
            throw new DataException(what + " changed since this run began; put back what it was, or begin a new run");
        }
    }

    private Trainer trainer(Dataset set, TrainingPlan how) {
        return rondo.trainer(start.traced(), loss, optimizer, set, how);
    }

    private TrainingResult train(RunDirectory directory, EngineRecord record, boolean resume, BooleanSupplier stop) {
        try (Bar bar = Bar.of(main.err(), "training", plan.epochs())) {
            Trainer trainer = trainer(data, plan)
                    .listener(new Told(directory, record, bar))
                    .stopWhen(stop)
                    .checkpoints(directory.checkpoint(), identity());
            if (!resume) {
                return trainer.run(start.parameters());
            }
            if (!Files.exists(directory.checkpoint())) {
                bar.line("no checkpoint had been written yet; the run begins anew");
                directory.replaceMetrics(List.of());
                return trainer.run(start.parameters());
            }
            return trainer.resume(Checkpoint.read(directory.checkpoint()));
        }
    }

    /** Trains anew with the validation part, for as many epochs as were best without it; Ctrl-C keeps what was chosen. */
    private TrainingResult refit(TrainingResult chosen, BooleanSupplier stop) {
        try (Bar bar = Bar.of(main.err(), "refitting", chosen.bestEpoch())) {
            TrainingResult again = trainer(data.refit(), plan.withEarlyEnd(0, 0))
                    .listener(new TrainingListener() {
                        @Override
                        public void epoch(EpochFigures figures) {
                            bar.line("refit epoch " + figures.epoch() + "/" + chosen.bestEpoch() + "  train "
                                    + Figures.shortly(figures.trainLoss()));
                            bar.to(figures.epoch());
                        }
                    })
                    .stopWhen(stop)
                    .endAfter(chosen.bestEpoch())
                    .run(start.parameters());
            boolean whole = again.epochs() == chosen.bestEpoch();
            if (!whole) {
                bar.line("refitting ended early, because " + again.ending() + "; the model without it is kept");
            }
            return new TrainingResult(
                    whole ? again.parameters() : chosen.parameters(),
                    chosen.epochs(),
                    chosen.bestEpoch(),
                    chosen.history(),
                    chosen.ending(),
                    chosen.seconds() + again.seconds());
        }
    }

    /** What a checkpoint must agree in with the run that takes it up. */
    private Map<String, String> identity() {
        return Map.ofEntries(
                Map.entry("layers", start.spec().layers()),
                Map.entry("digest of all equations", equations()),
                Map.entry("sigmoid", start.spec().sigmoid()),
                Map.entry("tanh", start.spec().tanh()),
                Map.entry("data", data.digest()),
                Map.entry("loss", loss.spec()),
                Map.entry("optimizer", optimizer.spec()),
                Map.entry("schedule", plan.schedule()),
                Map.entry("regularizers", regularizers()),
                Map.entry("method", method()),
                Map.entry("seq-len", Integer.toString(plan.length())),
                Map.entry("seed", Long.toString(options.seed())));
    }

    /** Changes when the equations of any plugin of the run do, as when its JAR was built anew. */
    private String equations() {
        List<String> all = new ArrayList<>();
        start.traced().layers().forEach(layer -> all.add(Digest.of(layer)));
        List<Configured<Regularizer>> penalties =
                plan.regularizers().stream().map(rondo.specs()::regularizer).toList();
        all.add(Digest.of(objective.with(Penalty.of(penalties, start.traced())), start.traced()));
        all.addAll(OptimizerEquations.ofMatrix(optimizer));
        all.addAll(OptimizerEquations.ofVector(optimizer));
        all.addAll(ScheduleProgram.equations(rondo.schedule(plan.schedule(), optimizer)));
        if (!plan.method().isEmpty()) {
            all.addAll(MethodEquations.of(rondo.specs().method(plan.method())));
        }
        return Digest.of(all);
    }

    /** Empty for back-propagation through time. */
    private String method() {
        return plan.method().isEmpty()
                ? ""
                : rondo.specs().method(plan.method()).spec();
    }

    private String regularizers() {
        return plan.regularizers().stream()
                .map(each -> rondo.specs().regularizer(each).spec())
                .collect(Collectors.joining(" "));
    }

    /** How many steps behind the end the run in {@code directory} is to forecast. */
    static int recordedFuture(RunDirectory directory) {
        return directory.readConfig().get(FUTURE) instanceof Number steps ? steps.intValue() : 0;
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("arguments", options.arguments());
        config.put(FUTURE, future);
        config.put("layers", start.spec().layers());
        config.put("model", Outcome.layers(start.traced()));
        config.put("parameters", start.traced().parameterCount());
        config.put("loss", loss.spec());
        config.put("optimizer", optimizer.spec());
        config.put("data", source.spec());
        config.put(DIGEST, data.digest());
        config.putAll(versions());
        return config;
    }

    /** The arguments that repeat the run on the device that is asked for now. */
    private List<String> command() {
        return command(RondoModule.device().toString());
    }

    private List<String> command(String device) {
        List<String> all = new ArrayList<>(options.arguments());
        all.addAll(EngineOptions.asked(device));
        return all;
    }

    private Map<String, String> facts(EngineRecord record) {
        Map<String, String> facts = new LinkedHashMap<>(record.facts());
        facts.putAll(versions());
        return facts;
    }

    private Map<String, String> versions() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rondo", Main.Version.ours());
        facts.put("java", Runtime.version().toString());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        Map<String, String> versions = new TreeMap<>();
        rondo.registry()
                .all()
                .forEach(
                        each -> versions.put(each.origin().file(), each.origin().version()));
        facts.put("plugins", String.join(", ", versions.keySet()));
        return facts;
    }

    /** Prints and records what the trainer tells. */
    private final class Told implements TrainingListener {
        private final RunDirectory directory;
        private final EngineRecord record;
        private final Bar bar;

        Told(RunDirectory directory, EngineRecord record, Bar bar) {
            this.directory = directory;
            this.record = record;
            this.bar = bar;
        }

        @Override
        public void notice(String sentence) {
            bar.line(sentence);
        }

        @Override
        public void resumed(List<EpochFigures> history) {
            directory.replaceMetrics(history.stream().map(EpochFigures::asMap).toList());
            bar.to(history.size());
        }

        @Override
        public void epoch(EpochFigures figures) {
            directory.addMetrics(figures.asMap());
            record.epoch();
            bar.line(line(figures));
            bar.to(figures.epoch());
        }

        @Override
        public void chunk(int epoch, int number, int count, Chunk chunk, float[] output, double chunkLoss) {
            if (main.verbose()) {
                bar.line("  chunk " + number + "/" + count + ": input "
                        + Spread.of(chunk.input().values()) + ", output " + Spread.of(output) + ", target "
                        + Spread.of(chunk.target()));
            }
        }

        private String line(EpochFigures figures) {
            String width = "%" + Integer.toString(plan.epochs()).length() + "d/%d";
            return "epoch " + width.formatted(figures.epoch(), plan.epochs())
                    + "  train " + Figures.shortly(figures.trainLoss())
                    + "  validation " + Figures.shortly(figures.validationLoss()) + (figures.best() ? " *" : "  ")
                    + "  " + String.format(Locale.ROOT, "%.1f s", figures.seconds());
        }
    }
}
