package dev.rondo.core.train;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.data.Accuracy;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Span;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.measure.Measure;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import java.util.Map;

/**
 * Runs a model over a data set: each row from its beginning through training, validation and test part, the state carried on, or
 * begun anew with every episode.
 *
 * <p>A model that looks ahead carries no state; it sees pieces of the training's chunk length, each for itself.
 */
public final class Evaluation {
    /** Steps times rows of one piece; enough to be worth a call, little enough to stay in memory. */
    private static final int PIECE = 16_384;

    private final TracedModel model;
    private final Engine.Evaluator evaluator;
    private final Objective objective;
    private final Dataset data;
    private final int piece;
    private final Expr output;
    private final Expr target;
    private final Expr loss;

    /**
     * An evaluation of {@code model} on {@code data}.
     *
     * @param objective of training, which says what the loss is
     * @param length steps of a chunk in training
     */
    public Evaluation(TracedModel model, Engine.Evaluator evaluator, Objective objective, Dataset data, int length) {
        this.model = model;
        this.evaluator = evaluator;
        this.objective = objective;
        this.data = data;
        output = Expr.node(Op.INPUT, model.output().shape(), Map.of("name", "output"));
        target = objective.targetLeaf();
        loss = objective.of(output, target);
        this.piece = model.causal() ? Math.max(length, PIECE / Math.max(1, data.rows())) : length;
    }

    /**
     * Outputs for one part.
     *
     * @param output scaled, [time, row, target]
     * @param loss that training makes small, in training units
     * @param accuracy in the data's own units
     * @param state after the part
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Part(Span span, float[] output, double loss, Accuracy accuracy, ModelState state) {}

    /**
     * What the three parts came to.
     *
     * @param validation without meaning where the model was fitted to it
     */
    public record Parts(Part training, Part validation, Part test) {}

    /** Evaluates all parts from the beginning. */
    public Parts all(float[][] parameters) {
        Span before = new Span(0, data.validation().from());
        Part training = part(parameters, before, start());
        Part validation = part(parameters, data.validation(), training.state());
        return new Parts(training, validation, part(parameters, data.test(), validation.state()));
    }

    /** The state in which every row begins. */
    public ModelState start() {
        return ModelState.zero(model.states(), data.rows());
    }

    /** Evaluates {@code span} with the state that the steps before it left. */
    public Part part(float[][] parameters, Span span, ModelState before) {
        float[] outputs = new float[span.steps() * data.rows() * objective.outputs()];
        ModelState state = before;
        // An evaluator takes the same array for the same values; training changes them in place.
        float[][] fixed = parameters.clone();
        int at = 0;
        int episode = data.series().episode();
        int to;
        for (int from = span.from(); from < span.to(); from = to) {
            boolean fresh = episode > 0 && from % episode == 0;
            int end = episode > 0 ? Math.min(span.to(), (from / episode + 1) * episode) : span.to();
            to = Math.min(end, from + piece);
            Sequences input = data.inputs(new Span(from, to));
            Engine.Result result = evaluator.run(fixed, input, model.causal() && !fresh ? state : start());
            System.arraycopy(result.output(), 0, outputs, at, result.output().length);
            at += result.output().length;
            state = result.state();
        }
        double mean = new Measure(span.steps() * data.rows(), data.scored(span))
                .bind(output, outputs)
                .bind(target, data.targets(span))
                .mean(loss);
        return new Part(span, outputs, mean, data.accuracy(outputs, span), state);
    }
}
