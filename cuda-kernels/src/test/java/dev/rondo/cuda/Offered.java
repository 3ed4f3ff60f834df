package dev.rondo.cuda;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import dev.rondo.api.device.LayerUse;
import dev.rondo.api.device.Offer;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.core.engine.AcceleratedEngine;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;

/** What the engine tells a device of the layers of a model, in its own words. */
final class Offered {
    private Offered() {}

    static List<LayerUse> layers(TracedModel model) {
        Listener listener = new Listener(new ArrayList<>());
        try (Engine engine = new AcceleratedEngine(
                new CpuEngine(KernelChoice.plain(), 1), Configured.of(listener), DeviceChoice.AUTO, notice -> {})) {
            engine.evaluator(model);
        }
        return listener.uses;
    }

    /** Notes what it is offered, and takes nothing. */
    private record Listener(List<LayerUse> uses) implements Accelerator {
        @Override
        public Descriptor describe() {
            return Descriptor.of("listener").standard("Takes nothing.");
        }

        @Override
        public Devices devices() {
            return Devices.none("it only listens");
        }

        /** All layers are offered first, then what is left of them without those at the front. */
        @Override
        public Offer offer(List<LayerUse> layers) {
            if (uses.isEmpty()) {
                uses.addAll(layers);
            }
            return new Offer(0, "");
        }

        @Override
        public Device open(OptionScope s, int index) {
            throw new DeviceException("it only listens");
        }
    }
}
