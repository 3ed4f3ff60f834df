package dev.rondo.core.engine;

import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.Penalty;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.List;

/** The gradient of penalties on weights, which needs no step of the model: they are computed beside layers on a device. */
final class WeightPenalties {
    private final TracedModel bare;
    private final CpuEngine.Training training;
    private final int parameters;
    private final int stored;

    /** The penalties of {@code objective}, all of which are {@linkplain Penalty#ofWeights of weights}. */
    WeightPenalties(CpuEngine cpu, TracedModel model, Objective objective) {
        bare = bare(model);
        training = cpu.training(
                bare, GivenGradient.objective(bare.output().width()).with(objective.penalties()), false);
        parameters = model.parameters().size();
        stored = model.stored().size();
    }

    /** The weights of {@code model}, and no equations. */
    private static TracedModel bare(TracedModel model) {
        List<TracedLayer> layers = model.layers().stream()
                .map(each -> new TracedLayer(
                        each.position(),
                        each.configured(),
                        each.gates(),
                        each.added(),
                        each.input(),
                        each.output(),
                        each.parameters(),
                        List.of(),
                        List.of()))
                .toList();
        return new TracedModel(model.input(), model.input(), layers, model.causal());
    }

    /** Adds their gradients to {@code results}, and sets what they keep; both in the order of {@link Engine.Differentiator#run}. */
    void add(float[][] values, RandomKey key, float[][] results) {
        float[][] own = chosen(results);
        float[][] gradients = new float[own.length][];
        for (int i = 0; i < own.length; i++) {
            gradients[i] = new float[own[i].length];
        }
        Sequences step =
                new Sequences(1, 1, bare.input().width(), new float[bare.input().width()], null, null);
        training.run(
                chosen(values),
                step,
                new float[step.width()],
                new float[1], // the step has no share in the loss
                ModelState.zero(bare.states(), 1),
                key,
                gradients);
        for (int i = 0; i < own.length; i++) {
            for (int j = 0; j < own[i].length; j++) {
                own[i][j] = i < parameters ? own[i][j] + gradients[i][j] : gradients[i][j];
            }
        }
    }

    /** Of parameters, the model's buffers and what penalties keep, the first and the last. */
    private float[][] chosen(float[][] all) {
        float[][] some = new float[parameters + all.length - stored][];
        for (int i = 0; i < some.length; i++) {
            some[i] = all[i < parameters ? i : i - parameters + stored];
        }
        return some;
    }
}
