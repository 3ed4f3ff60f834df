package dev.rondo.core.train;

import dev.rondo.core.files.Tensor;
import java.util.Map;

/** Momentum for the two parameters of {@link LeakyEngine}. */
final class MomentumUpdater implements Updater {
    private final double learningRate;
    private float[] velocity = new float[2];

    MomentumUpdater(double learningRate) {
        this.learningRate = learningRate;
    }

    @Override
    public void update(float[][] parameters, float[][] gradients, double loss, double rate) {
        for (int i = 0; i < 2; i++) {
            velocity[i] = 0.9f * velocity[i] + gradients[i][0];
            parameters[i][0] -= (float) (learningRate * rate * velocity[i]);
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("velocity", Tensor.of(velocity, 2));
    }

    @Override
    public void restore(Map<String, Tensor> memory) {
        velocity = memory.get("velocity").floats();
    }
}
