package dev.rondo.api.device;

import java.util.ArrayList;
import java.util.List;

/**
 * What an accelerator found on the machine.
 *
 * @param names of the devices that could be opened
 * @param reason why there are none, or no more; empty where nothing was in the way
 */
public record Devices(List<String> names, String reason) {
    public Devices {
        names = List.copyOf(names);
    }

    /** Each with its number, as {@code 0 (NVIDIA H200), 1 (NVIDIA L4)}; the reason where there is none. */
    public String listed() {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add(all.size() + " (" + name + ")"));
        return all.isEmpty() ? reason : "what is here: " + String.join(", ", all);
    }

    /** No device, for this reason. */
    public static Devices none(String reason) {
        return new Devices(List.of(), reason);
    }
}
