package dev.rondo.core.engine;

import dev.rondo.api.spi.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * What computes, as {@code auto}, {@code cpu}, {@code cuda}, {@code cuda_precision=tf32} or {@code cuda:1}.
 *
 * @param accelerator spec of its plugin; empty for {@code auto} and {@code cpu}
 * @param number of its device, counted from 0; absent where it need not be there, and the first is taken
 * @param automatic whether a device is used where it pays
 */
public record DeviceChoice(String accelerator, @Nullable Integer number, boolean automatic) {
    /** A device where one is there and quicker. */
    public static final DeviceChoice AUTO = new DeviceChoice("", null, true);

    /** The processor alone. */
    public static final DeviceChoice CPU = new DeviceChoice("", null, false);

    /**
     * Reads a choice; whether there is such a device is found out later.
     *
     * @throws UsageException if {@code text} is none
     */
    public static DeviceChoice parse(String text) {
        String[] parts = text.strip().split(":", -1);
        boolean plain = parts.length == 1;
        if (parts[0].equals("auto") || parts[0].equals("cpu")) {
            if (!plain) {
                throw new UsageException("'" + text + "': " + parts[0] + " takes no number");
            }
            return parts[0].equals("auto") ? AUTO : CPU;
        }
        if (parts.length > 2 || parts[0].isEmpty() || !plain && !parts[1].matches("\\d{1,9}")) {
            throw new UsageException("'" + text + "' names no device: auto, cpu, or an accelerator such as cuda,"
                    + " which takes a number last, as in cuda_precision=tf32:1");
        }
        return new DeviceChoice(parts[0], plain ? null : Integer.valueOf(parts[1]), false);
    }

    /** Whether a device was asked for by name. */
    public boolean named() {
        return !accelerator.isEmpty();
    }

    /** Of the device that is opened. */
    public int index() {
        return number == null ? 0 : number;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (!named()) {
            return automatic ? "auto" : "cpu";
        }
        return number == null ? accelerator : accelerator + ":" + number;
    }
}
