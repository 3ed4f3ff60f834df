package dev.rondo.cuda;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;

/**
 * Floats, or other words of four bytes, in the memory of a device.
 *
 * @param base begins on a border of 256 bytes
 * @param offset of the first word behind it
 * @param length how many words there are
 */
record DeviceArray(Driver driver, Address base, long offset, long length) {
    /** What lies from word {@code more} on. */
    DeviceArray from(long more) {
        return more == 0 ? this : new DeviceArray(driver, base, offset + more, length - more);
    }

    /** Whether four neighbours may be read at once. */
    boolean aligned() {
        return offset % 4 == 0;
    }

    CUdeviceptr pointer() {
        return offset == 0 ? base : base.withByteOffset(offset * Float.BYTES);
    }

    /** The address as a number. */
    long address() {
        return base.number() + offset * Float.BYTES;
    }

    void upload(float[] values) {
        require(values.length);
        driver.upload(pointer(), Pointer.to(values), (long) values.length * Float.BYTES);
    }

    void upload(int[] values) {
        require(values.length);
        driver.upload(pointer(), Pointer.to(values), (long) values.length * Integer.BYTES);
    }

    void upload(long[] values) {
        require(2L * values.length);
        driver.upload(pointer(), Pointer.to(values), (long) values.length * Long.BYTES);
    }

    void download(float[] values) {
        require(values.length);
        driver.download(Pointer.to(values), pointer(), (long) values.length * Float.BYTES);
    }

    /** Sets the first words to 0. */
    void clear(long words) {
        require(words);
        driver.clear(pointer(), words);
    }

    private void require(long words) {
        if (words > length) {
            throw new IllegalArgumentException(words + " words for an array of " + length);
        }
    }
}
