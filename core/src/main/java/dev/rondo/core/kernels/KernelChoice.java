package dev.rondo.core.kernels;

/**
 * The kernels that this Java run uses, and why.
 *
 * @param kernels the kernels
 * @param note for the log: what runs and, if it is not the fast one, what would turn that on
 */
public record KernelChoice(Kernels kernels, String note) {
    /** Takes the plain kernels. */
    public static KernelChoice find() {
        return new KernelChoice(new PlainKernels(), "plain Java");
    }
}
