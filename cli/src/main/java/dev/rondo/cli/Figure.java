package dev.rondo.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a comparison reads from the result of a run. */
enum Figure {
    /** {@link #measured} on the test part; the loss there, where nothing else is measured. */
    TEST {
        @Override
        double of(Map<String, Object> result) {
            double error = measured(result.get("test"));
            return Double.isNaN(error) ? number(result.get("testLoss")) : error;
        }
    },
    VALIDATION {
        @Override
        double of(Map<String, Object> result) {
            return number(result.get("validationLoss"));
        }
    },
    PARAMETERS {
        @Override
        double of(Map<String, Object> result) {
            return number(result.get("parameters"));
        }
    },
    EPOCHS {
        @Override
        double of(Map<String, Object> result) {
            return number(result.get("epochs"));
        }
    },
    SECONDS {
        @Override
        double of(Map<String, Object> result) {
            return number(result.get("seconds"));
        }
    };

    /** NaN where the result lacks it. */
    abstract double of(Map<String, Object> result);

    /** Of the figures of a model or a baseline, the mean squared error in the data's own units, or bits where targets are classes. */
    static double measured(@Nullable Object figures) {
        if (!(figures instanceof Map<?, ?> map)) {
            return Double.NaN;
        }
        double error = number(map.get("mse"));
        return Double.isNaN(error) ? number(map.get("bitsPerCharacter")) : error;
    }

    static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
