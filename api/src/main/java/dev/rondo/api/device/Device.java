package dev.rondo.api.device;

import java.util.List;

/** An open device; safe for any number of threads. */
public interface Device extends AutoCloseable {
    /** What it is and what it computes with, in one line: results are the same in their last bits only under the same description. */
    String description();

    /** What people want to know of it: driver, memory, what is loaded; a line each. */
    List<String> details();

    /** Whether it is quicker than the CPU with pieces of this size, transfers included. */
    boolean pays(List<LayerUse> layers, int steps, int batch, boolean training);

    /**
     * A program for layers that the accelerator {@linkplain Accelerator#offer takes}.
     *
     * @param training whether gradients will be asked for
     * @throws DeviceException if it does not fit, or what computes them cannot be loaded; a device that fails later says so in a pass
     */
    LayerProgram compile(List<LayerUse> layers, int steps, int batch, boolean training);

    @Override
    void close();
}
