package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import java.util.ArrayList;
import java.util.List;

/** The arrays of one program, freed together: when the program is closed or forgotten, or with the device. */
final class Arena implements AutoCloseable {
    private final Driver driver;
    private final List<Address> pointers = new ArrayList<>();
    private long bytes;

    Arena(Driver driver) {
        this.driver = driver;
        driver.opened(this);
    }

    /** An array of {@code length} words of four bytes, whose values mean nothing. */
    synchronized DeviceArray array(long length) {
        long more = length * Float.BYTES;
        Address pointer = driver.allocate(more);
        if (pointer == null) {
            close();
            long[] memory = driver.memory();
            throw DeviceException.outOfMemory("the layers need more than " + Driver.megabytes(bytes + more)
                    + " on the device, where " + Driver.megabytes(memory[0]) + " of " + Driver.megabytes(memory[1])
                    + " are free");
        }
        pointers.add(pointer);
        bytes += more;
        return new DeviceArray(driver, pointer, 0, length);
    }

    @Override
    public synchronized void close() {
        try {
            if (!pointers.isEmpty()) {
                driver.use();
                pointers.forEach(driver::free);
                pointers.clear();
            }
        } finally {
            driver.closed(this); // not before: a device that is closed waits for this
        }
    }
}
