package dev.rondo.api.device;

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

    /** No device, for this reason. */
    public static Devices none(String reason) {
        return new Devices(List.of(), reason);
    }
}
