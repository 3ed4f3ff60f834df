package dev.rondo.cuda;

import com.google.auto.service.AutoService;
import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import dev.rondo.api.device.LayerUse;
import dev.rondo.api.device.Offer;
import dev.rondo.api.spi.Descriptor;
import java.util.List;
import java.util.Optional;

/** NVIDIA GPUs from compute capability 7.5 on. */
@AutoService(Accelerator.class)
public final class CudaAccelerator implements Accelerator {
    private final WalkChoice walks;

    public CudaAccelerator() {
        this(Walk::of);
    }

    CudaAccelerator(WalkChoice walks) {
        this.walks = walks;
    }

    @Override
    public Descriptor describe() {
        return Descriptor.of("cuda")
                .summary("SRU and QRNN layers, with Linear and Dropout between them, on an NVIDIA GPU.")
                .standard("Recurrences as fused kernels, products in single precision.")
                .example("cuda");
    }

    @Override
    public Devices devices() {
        return Probe.devices();
    }

    @Override
    public Offer offer(List<LayerUse> layers) {
        for (int i = 0; i < layers.size(); i++) {
            Optional<String> obstacle = Recognition.obstacle(layers.get(i));
            if (obstacle.isPresent()) {
                return new Offer(i, obstacle.get());
            }
        }
        return Offer.all(layers.size());
    }

    @Override
    public Device open(int index) {
        Devices found = devices();
        if (index < 0 || index >= found.names().size()) {
            throw new DeviceException(
                    found.names().isEmpty()
                            ? "there is no CUDA device: " + found.reason()
                            : "there is no CUDA device " + index + "; there are "
                                    + found.names().size() + ", counted from 0: " + String.join(", ", found.names()));
        }
        return new CudaDevice(new Driver(index), found.names().get(index), walks);
    }
}
