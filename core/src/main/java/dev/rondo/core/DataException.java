package dev.rondo.core;

/** A file or its content is not what it must be: what, where, and what would be right stand in the message. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
