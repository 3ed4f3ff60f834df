package dev.rondo.cli;

import java.util.Map;

/** What a comparison reads from the result of a run. */
enum Figure {
    /** Mean squared error on the test part in the data's own units; the loss there, where targets are classes. */
    TEST {
        @Override
        double of(Map<String, Object> result) {
            double error = result.get("test") instanceof Map<?, ?> test ? number(test.get("mse")) : Double.NaN;
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

    static double number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
