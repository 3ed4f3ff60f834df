package dev.rondo.core.engine;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.LayerUse;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model divided between the CPU and a device: layers before, the layers on the device, layers after.
 *
 * @param before absent where the device takes the first layer
 * @param uses what the device is told of its layers
 * @param after the rest; without layers where the device takes the last one
 * @param rest why the device takes no more of them, a reason for each that stays; empty where it takes all
 */
record Division(
        TracedModel whole,
        @Nullable TracedModel before,
        TracedModel device,
        List<LayerUse> uses,
        TracedModel after,
        String rest) {

    /**
     * The longest run of consecutive layers that {@code accelerator} takes, absent where there is none with a recurrence: what has none
     * is not worth the way there.
     */
    static @Nullable Division of(TracedModel model, Accelerator accelerator) {
        List<TracedLayer> layers = model.layers();
        List<LayerUse> uses = layers.stream().map(LayerUses::of).toList();
        int first = 0;
        int end = 0;
        for (int i = 0; i < layers.size(); i++) {
            int taken = accelerator.offer(uses.subList(i, layers.size())).layers();
            boolean recurrent = layers.subList(i, i + taken).stream().anyMatch(TracedLayer::recurrent);
            if (recurrent && taken > end - first) {
                first = i;
                end = i + taken;
            }
        }
        if (first == end) {
            return null;
        }
        List<LayerUse> others = new ArrayList<>(uses.subList(0, first));
        others.addAll(uses.subList(end, uses.size()));
        String rest = others.stream()
                .map(use -> {
                    String reason = reason(use, accelerator);
                    return reason.isEmpty() ? use.path() + ": not next to them" : reason;
                })
                .collect(Collectors.joining("; "));
        return new Division(
                model,
                first == 0 ? null : part(model, 0, first),
                part(model, first, end),
                uses.subList(first, end),
                part(model, end, layers.size()),
                rest);
    }

    /** Why {@code accelerator} takes no recurrent layer of {@code model}. */
    static String obstacles(TracedModel model, Accelerator accelerator) {
        List<TracedLayer> recurrent =
                model.layers().stream().filter(TracedLayer::recurrent).toList();
        return recurrent.isEmpty()
                ? "the model has no recurrent layer"
                : recurrent.stream()
                        .map(layer -> reason(LayerUses.of(layer), accelerator))
                        .collect(Collectors.joining("; "));
    }

    /** Why {@code use} stays on the CPU; empty where it does not for its own sake. */
    private static String reason(LayerUse use, Accelerator accelerator) {
        return accelerator.offer(List.of(use)).reason();
    }

    /** What the device computes, and why no more. */
    String described() {
        String paths = uses.stream().map(LayerUse::path).collect(Collectors.joining(", "));
        return rest.isEmpty() ? paths : paths + "; on the CPU stay " + rest;
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
