package dev.rondo.cli;

import dev.rondo.core.data.Dataset;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.train.EpochFigures;
import dev.rondo.core.train.Evaluation;
import dev.rondo.core.train.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished run, as tables, JSON and the report show it.
 *
 * @param arguments that repeat it
 * @param objective what training made small
 * @param facts what else was settled: versions, kernels, threads
 */
record Outcome(
        List<String> arguments,
        Objective objective,
        Map<String, String> facts,
        TracedModel model,
        Dataset data,
        TrainingResult result,
        Evaluation.Parts parts,
        Comparison comparison,
        Path directory) {

    /** The line that {@code --json} prints. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        EpochFigures chosen = chosen();
        map.put("trainLoss", chosen == null ? Double.NaN : chosen.trainLoss());
        map.put("validationLoss", chosen == null ? parts.validation().loss() : chosen.validationLoss());
        map.put("testLoss", parts.test().loss());
        map.put("test", Figures.asMap(comparison.model()));
        Map<String, Object> others = new LinkedHashMap<>();
        comparison.baselines().forEach(each -> others.put(each.name(), Figures.asMap(each)));
        map.put("baselines", others);
        if (!comparison.leftOut().isEmpty()) {
            map.put("baselinesLeftOut", comparison.leftOut());
        }
        map.put("parameters", model.parameterCount());
        map.put("epochs", result.epochs());
        map.put("bestEpoch", result.bestEpoch());
        map.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
        map.put("seconds", result.seconds());
        map.put("engine", facts.get("engine"));
        map.put("runDirectory", directory.toString());
        return map;
    }

    /** The figures of the epoch that the parameters are from. */
    @Nullable
    EpochFigures chosen() {
        return result.bestEpoch() == 0 ? null : result.history().get(result.bestEpoch() - 1);
    }

    /** The layers in words, as in {@code LSTM(1 → 50), 10,400 params}. */
    static List<String> layers(TracedModel model) {
        return model.layers().stream()
                .map(layer -> layer.configured().name() + "(" + layer.input().width() + " → "
                        + layer.output().width() + "), " + Figures.grouped(layer.parameterCount()) + " params"
                        + (layer.added() ? " (added)" : ""))
                .toList();
    }
}
