package dev.rondo.core.train;

/** The loss, a gradient or a parameter is no finite number any more: where, and what would help, stand in the message. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
