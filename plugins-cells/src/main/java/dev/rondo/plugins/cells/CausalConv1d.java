package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Term.heads;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Convolution along time that never looks ahead: y = b + Σⱼ x₋ⱼ·dilation W_j, j from 0 to kernel-size − 1.
 *
 * <p>Shapes: x [batch, D], W_j [D, H], or groups blocks of it (conv.W is the present step's, conv.W2 the one before), b [H]. Before the start of the
 * stream the input counts as zero; the last (kernel-size − 1)·dilation inputs are state, so pieces give what the whole gives.
 * There is no activation: let one follow. Weights start uniform in ±1/√(kernel-size·D).
 */
@AutoService(Layer.class)
public final class CausalConv1d implements Cell {
    private static final Option<Integer> KERNEL_SIZE =
            Option.whole("kernel-size", 2).range(1, 256).doc("How many inputs, the present one included, it sees.");
    private static final Option<Integer> DILATION =
            Option.whole("dilation", 1).range(1, 4096).doc("Distance in steps between the inputs that it sees.");
    private static final Option<Integer> GROUPS = Option.whole("groups", 1)
            .range(1, 1_000_000)
            .doc("Blocks of features that do not meet; must divide input width and size.");
    /** Inputs that are kept as state at most: memory and time of a step grow with their number. */
    private static final long MOST_KEPT = 65_536;

    private static final Option<Boolean> BIAS = Option.flag("bias", true).doc("Whether each output has a bias.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("CausalConv1d")
                .summary("Convolution along time over present and past inputs.")
                .paper("1609.03499", "WaveNet: A Generative Model for Raw Audio")
                .example("CausalConv1d_8_kernel-size=3")
                .size(Descriptor.Size.REQUIRED)
                .options(KERNEL_SIZE, DILATION, GROUPS, BIAS);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        int groups = s.value(GROUPS);
        s.require(
                x.width() % groups == 0 && s.units() % groups == 0,
                "groups=" + groups + " must divide the input width " + x.width() + " and the size " + s.units());
        long kept = (s.value(KERNEL_SIZE) - 1L) * s.value(DILATION);
        s.require(
                kept <= MOST_KEPT,
                "(kernel-size − 1)·dilation is " + kept + ", as many inputs as it would have to keep; at most "
                        + MOST_KEPT + " are allowed");
        return convolved(s, "conv", x, s.value(KERNEL_SIZE), s.value(DILATION), groups, s.value(BIAS));
    }

    /** A convolution over {@code size} inputs, {@code dilation} steps from each other. */
    static Expr convolved(CellScope s, String name, Expr x, int size, int dilation, int groups, boolean biased) {
        Term[] past = new Term[size];
        double bound = 1 / Math.sqrt((double) size * x.width() / groups);
        for (int j = 0; j < size; j++) {
            past[j] = heads(j == 0 ? x : s.lag(x, j * dilation), groups, Init.uniform(-bound, bound));
        }
        return biased ? s.affine(name, past) : s.linear(name, past);
    }
}
