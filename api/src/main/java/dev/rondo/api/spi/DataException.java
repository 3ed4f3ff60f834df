package dev.rondo.api.spi;

/** Data cannot be used as they are: what is wrong, where, and what would be right stand in the message. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
