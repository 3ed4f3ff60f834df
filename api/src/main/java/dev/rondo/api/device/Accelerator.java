package dev.rondo.api.device;

import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.Plugin;
import java.util.List;

/**
 * Runs layers on devices of its own.
 *
 * <p>The engine offers it the layers of a model, lets a device compute those it takes, and computes all others on the CPU. A
 * device gives the same values as the equations of the layers, within what single precision leaves. Its spec is
 * what {@code --device} takes: {@code cuda}, {@code cuda_precision=tf32}, or {@code cuda:1} for the second device.
 */
public interface Accelerator extends Plugin {
    /** The devices of this machine; looks once, in a moment, and never fails. */
    Devices devices();

    /** How many of {@code layers}, from the first on, its devices run; without a look at the machine. */
    Offer offer(List<LayerUse> layers);

    /**
     * Makes a device ready.
     *
     * @param s options of the accelerator
     * @param index 0 for the first of {@link #devices}
     * @throws DeviceException if there is no such device, or it cannot be used
     */
    Device open(OptionScope s, int index);
}
