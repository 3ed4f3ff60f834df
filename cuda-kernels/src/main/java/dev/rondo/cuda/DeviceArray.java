package dev.rondo.cuda;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;

/**
 * Floats, or other words of four bytes, in the memory of a device.
 *
 * @param pointer to the first
 * @param length how many there are
 * @param aligned whether four neighbours may be read at once
 */
record DeviceArray(Driver driver, CUdeviceptr pointer, long length, boolean aligned) {
    /** What lies from word {@code offset} on. */
    DeviceArray from(long offset) {
        return offset == 0
                ? this
                : new DeviceArray(
                        driver,
                        pointer.withByteOffset(offset * Float.BYTES),
                        length - offset,
                        aligned && offset % 4 == 0);
    }

    void upload(float[] values) {
        upload(values, values.length);
    }

    private void upload(float[] values, int count) {
        require(count);
        driver.upload(pointer, Pointer.to(values), (long) count * Float.BYTES);
    }

    void upload(int[] values) {
        require(values.length);
        driver.upload(pointer, Pointer.to(values), (long) values.length * Integer.BYTES);
    }

    void upload(long[] values) {
        require(2L * values.length);
        driver.upload(pointer, Pointer.to(values), (long) values.length * Long.BYTES);
    }

    void download(float[] values) {
        require(values.length);
        driver.download(Pointer.to(values), pointer, (long) values.length * Float.BYTES);
    }

    void clear(long words) {
        require(words);
        driver.clear(pointer, words);
    }

    private void require(long words) {
        if (words > length) {
            throw new IllegalArgumentException(words + " words for an array of " + length);
        }
    }
}
