package dev.rondo.plugins.cells;

import static dev.rondo.api.expr.Fn.relu;
import static dev.rondo.api.expr.Term.bias;
import static dev.rondo.api.expr.Term.full;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * The simple recurrent network: h' = φ(x W + h U + b).
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]; the state h is the output.
 *
 * <p>The identity start of arXiv 1504.00941 (IRNN) is {@code RNN_100_nonlinearity=relu_init=irnn}: U a multiple of the unit
 * matrix, W normal with deviation 0.001, b zero. It wants clipped gradients and a small learning rate, since a rectified
 * state is unbounded.
 */
@AutoService(Layer.class)
public final class Rnn implements Cell {
    /** φ. */
    enum Nonlinearity {
        TANH,
        RELU,
        IDENTITY
    }

    /** Where the weights start. */
    enum Start {
        KERAS,
        TORCH,
        IRNN
    }

    private static final Option<Nonlinearity> NONLINEARITY = Option.choice("nonlinearity", Nonlinearity.TANH)
            .doc("The function of the sum; tanh is the one that --tanh replaces.");
    private static final Option<Start> START = Option.choice("init", Start.KERAS)
            .doc(
                    "keras: Glorot W, orthogonal U, zero b; torch: all uniform in ±1/√size; irnn: U a multiple of the unit matrix.");
    private static final Option<Double> SCALE =
            Option.real("identity-scale", 1).range(0, 10).doc("The multiple that init=irnn begins with.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("RNN")
                .summary("Simple recurrent network, with identity start on request.")
                .paper("Elman 1990", "Finding Structure in Time")
                .example("RNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(NONLINEARITY, START, SCALE)
                .preset(
                        "IRNN",
                        as -> as.summary("Network of rectified units that begins as the identity.")
                                .paper(
                                        "1504.00941",
                                        "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units"),
                        "nonlinearity=relu",
                        "init=irnn");
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr h = s.state("h");
        double bound = 1 / Math.sqrt(s.units());
        Init uniform = Init.uniform(-bound, bound);
        Init identity = Init.each((j, random) -> j / s.units() == j % s.units() ? s.value(SCALE) : 0);
        Expr sum = switch (s.value(START)) {
            case KERAS -> s.affine("h", x, h);
            case TORCH -> s.affine("h", full(x, uniform), full(h, uniform), bias(uniform));
            case IRNN -> s.affine("h", full(x, Init.normal(0.001)), full(h, identity));
        };
        return s.next(
                "h",
                switch (s.value(NONLINEARITY)) {
                    case TANH -> s.tanh(sum);
                    case RELU -> relu(sum);
                    case IDENTITY -> sum;
                });
    }
}
