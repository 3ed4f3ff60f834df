package dev.rondo.core.train;

import dev.rondo.core.engine.Engine;

/** What the bits of a result depend on besides plan and data. */
final class Fingerprint {
    private Fingerprint() {}

    /** Version of Rondo, Java and the kernels that run. */
    static String of(Engine engine) {
        String version = Fingerprint.class.getPackage().getImplementationVersion();
        return "Rondo " + (version == null ? "unpacked" : version) + ", Java " + Runtime.version() + ", "
                + System.getProperty("os.arch") + ", " + engine.arithmetic();
    }
}
