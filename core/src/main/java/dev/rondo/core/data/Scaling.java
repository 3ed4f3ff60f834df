package dev.rondo.core.data;

/** How values are brought to a size that models like. */
public enum Scaling {
    /** {@link #STANDARD} for files and for sources that want it, {@link #NONE} for other generated series. */
    AUTO,
    NONE,
    /** Minus the mean, divided by the standard deviation of the training part, each column by itself. */
    STANDARD
}
