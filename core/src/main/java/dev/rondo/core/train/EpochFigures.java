package dev.rondo.core.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch 1 for the first
 * @param trainLoss mean over all scored steps, each measured before the update that it led to
 * @param validationLoss mean over the validation part, NaN where there is none
 * @param rate what the learning rate was multiplied by at the epoch's end
 * @param gradientNorm largest norm of all gradients together, before clipping
 * @param best whether no epoch before was as good
 * @param seconds since training began
 */
public record EpochFigures(
        int epoch,
        double trainLoss,
        double validationLoss,
        double rate,
        double gradientNorm,
        boolean best,
        double seconds) {
    /** As a line of {@code metrics.jsonl} has it. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("epoch", epoch);
        map.put("trainLoss", trainLoss);
        map.put("validationLoss", validationLoss);
        map.put("rate", rate);
        map.put("gradientNorm", gradientNorm);
        map.put("best", best);
        map.put("seconds", seconds);
        return map;
    }

    static EpochFigures of(Map<String, Object> map) {
        return new EpochFigures(
                (int) number(map, "epoch"),
                number(map, "trainLoss"),
                number(map, "validationLoss"),
                number(map, "rate"),
                number(map, "gradientNorm"),
                Boolean.TRUE.equals(map.get("best")),
                number(map, "seconds"));
    }

    private static double number(Map<String, Object> map, String key) {
        return map.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
