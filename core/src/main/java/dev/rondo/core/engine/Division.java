package dev.rondo.core.engine;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.LayerUse;
import dev.rondo.api.device.Offer;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model divided between the CPU and a device: layers before, the layers on the device, layers after.
 *
 * @param before absent where the device takes the first layer
 * @param uses what the device is told of its layers
 * @param after the rest; without layers where the device takes the last one
 * @param reason why the device takes no more of them
 */
record Division(
        TracedModel whole,
        @Nullable TracedModel before,
        TracedModel device,
        List<LayerUse> uses,
        TracedModel after,
        String reason) {

    /**
     * The longest run of consecutive layers that {@code accelerator} takes, absent where there is none with a recurrence: what has none
     * is not worth the way there.
     */
    static @Nullable Division of(TracedModel model, Accelerator accelerator) {
        List<TracedLayer> layers = model.layers();
        List<LayerUse> uses = layers.stream().map(LayerUses::of).toList();
        int first = 0;
        int count = 0;
        for (int i = 0; i < layers.size(); i++) {
            int taken = accelerator.offer(uses.subList(i, layers.size())).layers();
            boolean recurrent = layers.subList(i, i + taken).stream().anyMatch(TracedLayer::recurrent);
            if (recurrent && taken > count) {
                first = i;
                count = taken;
            }
        }
        return count == 0 ? null : new Division(model, uses, first, first + count, obstacles(uses, accelerator));
    }

    private Division(TracedModel model, List<LayerUse> uses, int first, int end, String reason) {
        this(
                model,
                first == 0 ? null : part(model, 0, first),
                part(model, first, end),
                uses.subList(first, end),
                part(model, end, model.layers().size()),
                reason);
    }

    /** Why layers stay on the CPU; empty where none does. */
    static String obstacles(List<LayerUse> uses, Accelerator accelerator) {
        List<String> reasons = new ArrayList<>();
        for (LayerUse use : uses) {
            Offer offer = accelerator.offer(List.of(use));
            if (offer.layers() == 0) {
                reasons.add(offer.reason());
            }
        }
        return String.join("; ", reasons);
    }

    /** What the device computes, and why no more. */
    String described() {
        String paths = String.join(", ", uses.stream().map(LayerUse::path).toList());
        return reason.isEmpty() ? paths : paths + "; on the CPU stay " + reason;
    }

    private static TracedModel part(TracedModel model, int from, int to) {
        List<TracedLayer> layers = model.layers();
        return new TracedModel(
                from < layers.size() ? layers.get(from).input() : model.output(),
                to > from
                        ? layers.get(to - 1).output()
                        : from < layers.size() ? layers.get(from).input() : model.output(),
                layers.subList(from, to),
                model.causal());
    }

    /** Of arrays in the order of the whole model's {@link TracedModel#stored()} those of {@code part}, in its order. */
    float[][] arrays(float[][] all, TracedModel part) {
        List<Stored> stored = whole.stored();
        List<Stored> wanted = part.stored();
        float[][] chosen = new float[wanted.size()][];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = all[stored.indexOf(wanted.get(i))];
        }
        return chosen;
    }
}
