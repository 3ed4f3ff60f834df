package dev.rondo.core.train;

/** How the learning rate changes while a run goes on; a function of how much of the plan is done, so that a resumed run goes on as it was. */
public enum Schedule {
    /** The same rate throughout. */
    CONSTANT {
        @Override
        public double factor(double done) {
            return 1;
        }
    },
    /** From the full rate down to a hundredth of it, along half a cosine. */
    COSINE {
        @Override
        public double factor(double done) {
            return fall(done);
        }
    },
    /** Up from a twenty-fifth in a straight line for a tenth of the run, then as the cosine. */
    ONE_CYCLE {
        @Override
        public double factor(double done) {
            return done < RISE ? 1 / 25.0 + (1 - 1 / 25.0) * done / RISE : fall((done - RISE) / (1 - RISE));
        }
    };

    private static final double RISE = 0.1;
    private static final double FLOOR = 0.01;

    /**
     * What the learning rate is multiplied by.
     *
     * @param done share of the planned updates that were made, from 0 to 1
     */
    public abstract double factor(double done);

    private static double fall(double done) {
        return FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }
}
