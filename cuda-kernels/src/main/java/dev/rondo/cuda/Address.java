package dev.rondo.cuda;

import jcuda.driver.CUdeviceptr;

/** An address in the memory of a device whose number can be read, which JCuda's own class keeps to itself. */
final class Address extends CUdeviceptr {
    long number() {
        return getNativePointer();
    }
}
