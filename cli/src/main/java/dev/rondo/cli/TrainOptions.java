package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.data.Split;
import dev.rondo.core.files.RunDirectory;
import dev.rondo.core.spec.Defaults;
import dev.rondo.core.spec.LearningRate;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.InitPreset;
import dev.rondo.core.train.TrainingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What decides the outcome of a training run: the options that {@code config.json} keeps and a resumed run takes from there. */
final class TrainOptions {
    /** The optimiser where none is named. */
    @Option(
            names = {"--data", "--data-fn"},
            paramLabel = "SPEC",
            description = "Where series come from: a generator or csv:PATH (${DEFAULT-VALUE}).")
    private String data;

    @Option(
            names = "--layers",
            paramLabel = "SPEC",
            arity = "1..*",
            description = "The layers, from input to output (${DEFAULT-VALUE}).")
    private List<String> layers;

    @Option(
            names = "--head",
            paramLabel = "auto|none",
            description =
                    "Whether a Linear is added where the last layer's width is not the target's (${DEFAULT-VALUE}).")
    private Head head;

    @Option(
            names = "--init",
            completionCandidates = Word.Inits.class,
            description = "How weights begin: ${COMPLETION-CANDIDATES}, that is, as each cell's paper says or as in"
                    + " these libraries (${DEFAULT-VALUE}).")
    private InitPreset init;

    @Option(names = "--sigmoid", paramLabel = "SPEC", description = "Activation in place of the cells' sigmoid.")
    private @Nullable String sigmoid;

    @Option(names = "--tanh", paramLabel = "SPEC", description = "Activation in place of the cells' tanh.")
    private @Nullable String tanh;

    @Option(
            names = "--loss",
            paramLabel = "SPEC",
            description = "What training makes small (what suits the data: numbers or classes).")
    private @Nullable String loss;

    @Option(names = "--optim", paramLabel = "SPEC", description = "The optimiser (${DEFAULT-VALUE}).")
    private String optim;

    @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate, for an optimiser that has one.")
    private @Nullable Double lr;

    @Option(
            names = "--schedule",
            paramLabel = "SPEC",
            description =
                    "How the learning rate changes, as in StepDecay_every=100 (what suits the optimiser, mostly OneCycle).")
    private @Nullable String schedule;

    @Option(
            names = "--reg",
            paramLabel = "SPEC",
            description = "A penalty besides the loss, as in L2_weight=1e-4; may be given several times.")
    private List<String> regularizers = List.of();

    @Option(
            names = "--method",
            paramLabel = "SPEC",
            description = "A training method, as in UORO or SafeMutation_after=5 (back-propagation through time).")
    private @Nullable String method;

    @Option(
            names = "--epochs",
            description = "Passes over the training part at most (from 20 to 300, by the amount of data).")
    private @Nullable Integer epochs;

    @Option(names = "--seq-len", description = "Steps that gradients reach back (${DEFAULT-VALUE}).")
    private int seqLen;

    @Option(names = "--warmup", description = "First steps of each series left out of the loss (${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--unit-variance",
            description =
                    "Scale the first weights of each layer by the data until its outputs have a variance of 1, where they can"
                            + " (arXiv 1511.06422).")
    private boolean unitVariance;

    @Option(names = "--random-offset", description = "Let each epoch's chunks begin at a random step.")
    private boolean randomOffset;

    @Option(
            names = {"--batch-size", "--series"},
            description = "How many series a generator makes, all in one batch (${DEFAULT-VALUE}).")
    private int series;

    @Option(names = "--length", description = "How many values each generated series has (${DEFAULT-VALUE}).")
    private int length;

    @Option(names = "--add-noise", description = "Add the generator's noise; short for its option noise=true.")
    private boolean addNoise;

    @Option(
            names = "--streams",
            description = "Contiguous streams that the training part is cut into (1; 32 for a long text).")
    private @Nullable Integer streams;

    @Option(
            names = "--metrics",
            paramLabel = "SPECS",
            description = "What is measured in the end, separated by commas (what suits the data).")
    private @Nullable String metrics;

    @Option(
            names = "--split",
            paramLabel = "A/B/C",
            description = "Percent of the steps for training, validation and test, in time (${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--scaling",
            completionCandidates = Word.Scalings.class,
            description = "How values are scaled: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Scaling scaling;

    @Option(names = "--seed", description = "Seed of series, first values and random draws (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--stop-at",
            paramLabel = "LOSS",
            description = "End when the validation loss is as low as this; 0 for never (${DEFAULT-VALUE}).")
    private double stopAt;

    @Option(
            names = "--patience",
            paramLabel = "EPOCHS",
            description = "End after so many epochs without a better validation loss; 0 for never (${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--max-seconds",
            description =
                    "End training after this time, counted from when the model is built, which schedules do not plan with;"
                            + " 0 for never (${DEFAULT-VALUE}).")
    private long maxSeconds;

    @Option(
            names = "--clip-norm",
            description = "Largest norm of all gradients together; 0 for any (${DEFAULT-VALUE}).")
    private double clipNorm;

    @Option(names = "--clip-value", description = "Largest magnitude of one gradient; 0 for any (${DEFAULT-VALUE}).")
    private double clipValue;

    @Option(
            names = "--clip-tensor-norm",
            description = "Largest norm of one parameter's gradient; 0 for any (${DEFAULT-VALUE}).")
    private double clipTensorNorm;

    @Option(
            names = "--clip-adaptive",
            paramLabel = "RATIO",
            description =
                    "Largest norm of a unit's gradient as a share of its weights' norm, as in 0.01; 0 for any (${DEFAULT-VALUE}).")
    private double clipAdaptive;

    @Option(
            names = "--refit",
            description =
                    "After the choice of the epoch, train anew on training and validation part for as many epochs.")
    private boolean refit;

    private boolean readsFile;

    /** The options that a run began with, as its folder keeps them. */
    static TrainOptions recorded(RunDirectory directory) {
        if (!(directory.readConfig().get("arguments") instanceof List<?> arguments)) {
            throw new DataException(directory.config() + " does not say with which arguments the run began");
        }
        try {
            return read(arguments.stream().map(String::valueOf).toList());
        } catch (ParameterException e) {
            throw new DataException(
                    directory.config() + " has arguments that this version does not know: " + e.getMessage(), e);
        }
    }

    private static TrainOptions read(List<String> arguments) {
        TrainOptions options = new TrainOptions();
        Word.readBy(new CommandLine(options))
                .setDefaultValueProvider(new Standard())
                .parseArgs(arguments.toArray(String[]::new));
        return options;
    }

    /** The same options, to be settled by itself. */
    TrainOptions copy() {
        return read(arguments());
    }

    /** These options for another model, optimiser and seed; an empty gate is the usual one. */
    TrainOptions with(String newLayers, String newOptim, String newSigmoid, String newTanh, long newSeed) {
        TrainOptions copy = copy();
        copy.layers = List.of(newLayers);
        copy.optim = newOptim;
        copy.sigmoid = newSigmoid.isEmpty() ? null : newSigmoid;
        copy.tanh = newTanh.isEmpty() ? null : newTanh;
        copy.seed = newSeed;
        return copy;
    }

    /** Whether a last layer is added. */
    enum Head {
        AUTO,
        NONE
    }

    /** The series' spec, with the noise that was asked for. */
    String data() {
        return addNoise ? data + "_noise=true" : data;
    }

    String layers() {
        return String.join(" ", layers);
    }

    boolean head() {
        return head == Head.AUTO;
    }

    boolean unitVariance() {
        return unitVariance;
    }

    InitPreset init() {
        return init;
    }

    String sigmoid() {
        return sigmoid == null ? "" : sigmoid;
    }

    String tanh() {
        return tanh == null ? "" : tanh;
    }

    /** Empty for what suits the data. */
    String loss() {
        return loss == null ? "" : loss;
    }

    /** Says which loss it is where the user did not. */
    void settleLoss(String suitable) {
        loss = suitable;
    }

    /** Empty for what suits the data. */
    String metrics() {
        return metrics == null ? "" : metrics;
    }

    String optim() {
        return optim;
    }

    /** Leaves unsaid, unless the user said it, how many series of which length a generator makes. */
    void settleFile() {
        readsFile = true;
    }

    /** Refuses what only a generator heeds where it was typed for a source that reads a file. */
    static void requireGenerator(Rondo rondo, String data, ParseResult typed) {
        for (String name : List.of("--series", "--length")) {
            OptionSpec option = typed.matchedOption(name);
            if (option != null && readsFile(rondo, data)) {
                throw new UsageException(String.join(" or ", option.names()) + " is for generators: " + data
                        + " has the series of its file, as long as they are; leave it out");
            }
        }
    }

    private static boolean readsFile(Rondo rondo, String data) {
        try {
            return rondo.source(data).plugin().readsFile();
        } catch (UsageException wrong) {
            return false; // said with what else is wrong
        }
    }

    /** Says the learning rate with the optimiser's name alone, so that the recorded options hold it once. */
    void settleOptimizer(String withRate) {
        optim = withRate;
        lr = null;
    }

    /**
     * Refuses a learning rate that is said twice.
     *
     * <p>Only for an {@code --optim} that was typed: the default names a rate too, which {@code --lr} replaces, and runs of
     * earlier versions recorded both.
     */
    void requireOneRate() {
        if (lr != null && Specs.sets(optim, LearningRate.KEY)) {
            throw new UsageException("--optim " + optim + " names the learning rate already: leave --lr " + lr
                    + " out, or the rate behind the optimiser's name");
        }
    }

    List<String> regularizers() {
        return regularizers;
    }

    /** Empty for back-propagation through time. */
    String method() {
        return method == null ? "" : method;
    }

    /** Empty for what suits the optimiser. */
    String schedule() {
        return schedule == null ? "" : schedule;
    }

    @Nullable
    Double lr() {
        return lr;
    }

    long seed() {
        return seed;
    }

    boolean refit() {
        return refit;
    }

    DataSetup dataSetup() {
        return DataSetup.standard()
                .withSeries(Count.require("--batch-size", series))
                .withLength(Count.require("--length", length))
                .withSeed(seed)
                .withSplit(Split.parse(split))
                .withScaling(scaling)
                .withStreams(streams == null ? 1 : Count.require("--streams", streams));
    }

    /** Says how many streams there are where the user did not, and gives their number. */
    int settleStreams(int suitable) {
        streams = streams == null ? (Integer) suitable : streams;
        return streams;
    }

    /** Says how many epochs there are where the user did not. */
    void settleEpochs(int suitable) {
        if (epochs == null) {
            epochs = suitable;
        }
    }

    /** Says which schedule there is where the user did not. */
    void settleSchedule(String suitable) {
        schedule = suitable;
    }

    TrainingPlan plan() {
        TrainingPlan standard = TrainingPlan.standard();
        return standard.withEpochs(epochs == null ? standard.epochs() : epochs)
                .withChunks(seqLen, warmup)
                .withRandomOffset(randomOffset)
                .withEarlyEnd(patience, stopAt)
                .withSchedule(schedule())
                .withRegularizers(regularizers)
                .withMethod(method())
                .withClipping(clipNorm, clipValue)
                .withTensorClipping(clipTensorNorm)
                .withAdaptiveClipping(clipAdaptive)
                .withSeed(seed)
                .withLimit(Duration.ofSeconds(maxSeconds));
    }

    /** The arguments that say all this, defaults included; a run can be repeated from them. */
    List<String> arguments() {
        List<String> all = new ArrayList<>();
        add(all, "--data", data);
        all.add("--layers");
        all.addAll(layers);
        add(all, "--seed", seed);
        add(all, "--loss", loss);
        add(all, "--optim", optim);
        add(all, "--lr", lr);
        add(all, "--schedule", schedule);
        regularizers.forEach(each -> add(all, "--reg", each));
        add(all, "--method", method);
        add(all, "--epochs", epochs);
        add(all, "--seq-len", seqLen);
        add(all, "--warmup", warmup);
        DataSetup standard = DataSetup.standard();
        if (!readsFile || series != standard.series()) {
            add(all, "--batch-size", series);
        }
        if (!readsFile || length != standard.length()) {
            add(all, "--length", length);
        }
        add(all, "--streams", streams);
        add(all, "--metrics", metrics);
        add(all, "--split", split);
        add(all, "--scaling", Word.of(scaling));
        add(all, "--head", Word.of(head));
        add(all, "--init", Word.of(init));
        add(all, "--sigmoid", sigmoid);
        add(all, "--tanh", tanh);
        add(all, "--stop-at", Figures.plain(stopAt));
        add(all, "--patience", patience);
        add(all, "--max-seconds", maxSeconds);
        add(all, "--clip-norm", Figures.plain(clipNorm));
        add(all, "--clip-value", Figures.plain(clipValue));
        add(all, "--clip-tensor-norm", Figures.plain(clipTensorNorm));
        add(all, "--clip-adaptive", Figures.plain(clipAdaptive));
        flag(all, "--add-noise", addNoise);
        flag(all, "--unit-variance", unitVariance);
        flag(all, "--random-offset", randomOffset);
        flag(all, "--refit", refit);
        return all;
    }

    private static void add(List<String> all, String name, @Nullable Object value) {
        if (value != null) {
            all.add(name);
            all.add(value.toString());
        }
    }

    private static void flag(List<String> all, String name, boolean on) {
        if (on) {
            all.add(name);
        }
    }

    /** Takes the defaults from where the library has them. */
    static final class Standard implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            TrainingPlan plan = TrainingPlan.standard();
            DataSetup setup = DataSetup.standard();
            return switch (argument instanceof OptionSpec option ? option.names()[0] : "") {
                case "--data" -> "mackey_glass";
                case "--layers" -> "LSTM_50";
                case "--head" -> Word.of(Head.AUTO);
                case "--init" -> Word.of(InitPreset.PAPER);
                case "--optim" -> Defaults.OPTIMIZER;
                case "--seq-len" -> Integer.toString(plan.length());
                case "--warmup" -> Integer.toString(plan.warmup());
                case "--batch-size" -> Integer.toString(setup.series());
                case "--length" -> Integer.toString(setup.length());
                case "--split" -> setup.split().toString();
                case "--scaling" -> Word.of(setup.scaling());
                case "--seed" -> "1";
                case "--stop-at" -> Figures.plain(plan.stopAt());
                case "--patience" -> Integer.toString(plan.patience());
                case "--max-seconds" -> Long.toString(plan.limit().toSeconds());
                case "--clip-norm" -> Figures.plain(plan.clipNorm());
                case "--clip-value" -> Figures.plain(plan.clipValue());
                case "--clip-tensor-norm" -> Figures.plain(plan.clipTensorNorm());
                case "--clip-adaptive" -> Figures.plain(plan.clipAdaptive());
                default -> null;
            };
        }
    }
}
