package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import org.jspecify.annotations.Nullable;

/** Sets values to zero at random in training and scales the others up. */
final class DropoutLayer implements DeviceLayer {
    private final Tools tools;
    private final Extent extent;
    private final int width;
    private final LayerUse.Draws draw;
    private final DeviceArray keys;
    private boolean drawn;

    DropoutLayer(Tools tools, LayerUse use, Extent extent) {
        this.tools = tools;
        this.extent = extent;
        width = use.outputs();
        draw = use.draws().get(0);
        keys = tools.arena().array(2 * (draw.perStep() ? extent.rows() : extent.batch()));
    }

    @Override
    public void parameters(float[][] values) {}

    @Override
    public void begin(DeviceArray x, float[][] states, Draws draws) {
        drawn = draws.training();
        if (drawn) {
            keys.upload(draw.perStep() ? draws.forEachStep(0, false) : draws.forAllSteps(0));
        }
    }

    @Override
    public void forward(DeviceArray x, DeviceArray y) {
        mask(x, y);
    }

    @Override
    public void states(DeviceArray x, float[][] after) {}

    @Override
    public void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx) {
        if (dx != null) {
            mask(dy, dx);
        }
    }

    @Override
    public void gradients(float[][] gradients) {}

    private void mask(DeviceArray from, DeviceArray to) {
        int period = Math.toIntExact(draw.perStep() ? extent.rows() : extent.batch());
        double keep = drawn ? draw.probability() : 1;
        tools.rows().draw(extent.rows(), width, width, period, keys, keep, (float) (1 / keep), from, to);
    }
}
