package dev.rondo.core.data;

import java.util.Arrays;

/** Forecasts, with certainty, the class that came last. */
record SameClass(Dataset data) implements BaselineResult.Rule {
    @Override
    public void forecast(int row, int t, double[] forecast) {
        Arrays.fill(forecast, 0);
        int from = 0;
        for (int target = 0; target < data.targetWidth(); target++) {
            forecast[from + (int) data.value(row, target, t)] = 1;
            from += data.classes().get(target);
        }
    }
}
