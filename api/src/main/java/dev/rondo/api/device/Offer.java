package dev.rondo.api.device;

/**
 * What a device takes of a list of layers.
 *
 * @param layers how many from the first on
 * @param reason why not the next one; empty where all are taken
 */
public record Offer(int layers, String reason) {
    /** All of them. */
    public static Offer all(int layers) {
        return new Offer(layers, "");
    }
}
