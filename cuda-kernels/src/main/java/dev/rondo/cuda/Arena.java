package dev.rondo.cuda;

import dev.rondo.api.device.DeviceException;
import java.util.ArrayList;
import java.util.List;

/** The arrays of one program, freed together. */
final class Arena implements AutoCloseable {
    private final Driver driver;
    private final List<Address> pointers = new ArrayList<>();
    private long bytes;

    Arena(Driver driver) {
        this.driver = driver;
    }

    /** An array of {@code length} words of four bytes, whose values mean nothing. */
    DeviceArray array(long length) {
        long more = length * Float.BYTES;
        Address pointer = driver.allocate(more);
        if (pointer == null) {
            close();
            long[] memory = driver.memory();
            throw DeviceException.outOfMemory("the layers need more than " + Driver.megabytes(bytes + more)
                    + " on the device, where " + Driver.megabytes(memory[0]) + " of " + Driver.megabytes(memory[1])
                    + " are free: shorter pieces or fewer rows need less, and the CPU has its own memory");
        }
        pointers.add(pointer);
        bytes += more;
        return new DeviceArray(driver, pointer, 0, length);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        driver.use();
        pointers.forEach(driver::free);
        pointers.clear();
    }
}
