package dev.rondo.core.arrays;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that gives one value: an elementwise instruction, which may join others in a strip, or one that stands alone.
 *
 * @param fixed whether it depends on constants alone
 */
record Task(
        Value writes,
        List<Value> reads,
        @Nullable Micro micro,
        @Nullable Instruction alone,
        boolean fixed) {}
