package dev.rondo.core.data;

import dev.rondo.api.spi.UsageException;

/**
 * How a source is opened and how its series become a data set.
 *
 * @param series how many series a generator makes
 * @param length how many values of each generated series are predicted
 * @param seed of generated series
 * @param split which steps are for training, validation and test
 * @param scaling what is done to the values
 * @param streams into how many contiguous streams the training part of each series is cut
 */
public record DataSetup(int series, int length, long seed, Split split, Scaling scaling, int streams) {
    public DataSetup {
        positive("series", series);
        positive("length", length);
        positive("streams", streams);
    }

    /** 50 series of 1000, as in the experiment that this project started from; one stream from each. */
    public static DataSetup standard() {
        return new DataSetup(50, 1000, 1, Split.STANDARD, Scaling.AUTO, 1);
    }

    public DataSetup withSeries(int count) {
        return new DataSetup(count, length, seed, split, scaling, streams);
    }

    public DataSetup withLength(int steps) {
        return new DataSetup(series, steps, seed, split, scaling, streams);
    }

    public DataSetup withSeed(long newSeed) {
        return new DataSetup(series, length, newSeed, split, scaling, streams);
    }

    public DataSetup withSplit(Split newSplit) {
        return new DataSetup(series, length, seed, newSplit, scaling, streams);
    }

    public DataSetup withScaling(Scaling newScaling) {
        return new DataSetup(series, length, seed, split, newScaling, streams);
    }

    public DataSetup withStreams(int count) {
        return new DataSetup(series, length, seed, split, scaling, count);
    }

    private static void positive(String what, int value) {
        if (value < 1) {
            throw new UsageException(what + " = " + value + ", but at least 1 is needed");
        }
    }
}
