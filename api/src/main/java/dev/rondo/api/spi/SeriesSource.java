package dev.rondo.api.spi;

/** Makes or reads series of numbers. */
public interface SeriesSource extends Plugin {
    /**
     * The series; the same scope gives the same numbers on every machine.
     *
     * @throws DataException if what is read cannot be used
     * @throws UsageException if the options ask for what cannot be
     */
    Series open(SourceScope s);

    /** Whether values come in units of their own, so that a model should see them standardised. */
    default boolean wantsScaling() {
        return readsFile();
    }

    /** Whether a spec names a file behind a colon, as in {@code csv:prices.csv}. */
    default boolean readsFile() {
        return false;
    }
}
