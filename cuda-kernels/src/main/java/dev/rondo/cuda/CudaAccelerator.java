package dev.rondo.cuda;

import com.google.auto.service.AutoService;
import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.Devices;
import dev.rondo.api.device.LayerUse;
import dev.rondo.api.device.Offer;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.OptionScope;
import java.util.List;
import java.util.Optional;

/** NVIDIA GPUs from compute capability 7.5 on. */
@AutoService(Accelerator.class)
public final class CudaAccelerator implements Accelerator {
    private static final Option<Precision> PRECISION = Option.choice("precision", Precision.FP32)
            .doc("How factors of matrix products are rounded; all but fp32 on tensor cores.");
    private static final Option<ProductSource> PRODUCTS = Option.choice("products", ProductSource.AUTO)
            .doc("Whose matrix products are used: cuBLAS's, our own, or cuBLAS's for large ones where it is found.");

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
                .example("cuda")
                .options(PRECISION, PRODUCTS);
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
    public Device open(OptionScope s, int index) {
        Devices found = devices();
        if (index < 0 || index >= found.names().size()) {
            throw new DeviceException("there is no CUDA device " + index + "; " + found.listed());
        }
        Driver driver = new Driver(index);
        try {
            return new CudaDevice(driver, found.names().get(index), s.value(PRECISION), s.value(PRODUCTS), walks);
        } catch (DeviceException refused) {
            driver.close();
            throw refused;
        }
    }
}
