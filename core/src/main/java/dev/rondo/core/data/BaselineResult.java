package dev.rondo.core.data;

/**
 * What a forecast without a network achieves on the same targets.
 *
 * @param name for tables and JSON: {@code persistence}, {@code extrapolation}, {@code seasonal}, {@code linear}
 * @param description what it does, with what was chosen: {@code least squares on 30 lags}
 * @param validation on the validation part
 * @param test on the test part
 */
public record BaselineResult(String name, String description, Accuracy validation, Accuracy test) {}
