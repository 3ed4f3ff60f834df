package dev.rondo.api.device;

/** A device that cannot be used, or failed while it ran. The message says what to do. */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outOfMemory;

    public DeviceException(String message) {
        this(message, false);
    }

    private DeviceException(String message, boolean outOfMemory) {
        super(message);
        this.outOfMemory = outOfMemory;
    }

    /** The device has too little memory; nothing of what was asked for is kept there. */
    public static DeviceException outOfMemory(String message) {
        return new DeviceException(message, true);
    }

    /** Whether smaller pieces would fit. */
    public boolean isOutOfMemory() {
        return outOfMemory;
    }
}
