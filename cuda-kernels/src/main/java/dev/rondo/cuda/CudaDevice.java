package dev.rondo.cuda;

import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.LayerProgram;
import dev.rondo.api.device.LayerUse;
import java.util.List;

/** One GPU. */
final class CudaDevice implements Device {
    /**
     * Multiplications and additions of a piece from which on it is worth its way to the device and back; not measured yet. At this
     * size the CPU needs some 10 ms.
     */
    private static final double WORTH = 1e9;

    private final Driver driver;
    private final KernelLibrary kernels;
    private final WalkChoice walks;
    private final Products products;
    private final String name;

    CudaDevice(Driver driver, String name, Precision precision, ProductSource source, WalkChoice walks) {
        this.driver = driver;
        this.name = name;
        this.walks = walks;
        kernels = new KernelLibrary(driver);
        products = new Products(kernels, driver, precision, source);
    }

    @Override
    public String description() {
        return name + ", " + products.description();
    }

    @Override
    public List<String> details() {
        driver.use();
        long[] memory = driver.memory();
        return List.of(
                "driver for CUDA " + Driver.version(),
                Driver.megabytes(memory[0]) + " of " + Driver.megabytes(memory[1]) + " free, "
                        + driver.multiprocessors() + " multiprocessors",
                kernels.check());
    }

    @Override
    public boolean pays(List<LayerUse> layers, int steps, int batch, boolean training) {
        double weights = layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToDouble(LayerUse.Parameter::length)
                .sum();
        return weights * steps * batch * (training ? 3 : 1) >= WORTH;
    }

    @Override
    public LayerProgram compile(List<LayerUse> layers, int steps, int batch, boolean training) {
        if (steps < 1 || batch < 1) {
            throw new DeviceException("there is nothing to compute in " + steps + " steps of " + batch + " rows");
        }
        return new CudaProgram(driver, kernels, products, walks, layers, steps, batch, training);
    }

    @Override
    public void close() {
        try {
            driver.use();
            products.close();
        } finally {
            driver.close();
        }
    }
}
