package dev.rondo.api.spi;

/** The user asked for something that cannot be: what, where, and what would be right stand in the message. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
