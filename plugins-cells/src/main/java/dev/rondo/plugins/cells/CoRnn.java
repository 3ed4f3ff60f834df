package dev.rondo.plugins.cells;

import com.google.auto.service.AutoService;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Option;

/**
 * Coupled oscillators: each unit has a position and a velocity, damped and driven.
 *
 * <pre>
 * z' = z + Δt (tanh(x W + z U_z + y U_y + b) − γ y − ε z)       damping=explicit
 * z' = (z + Δt (tanh(x W + z U_z + y U_y + b) − γ y)) / (1 + Δt ε)       damping=implicit
 * y' = y + Δt z'
 * </pre>
 *
 * <p>Shapes: x [batch, D], W [D, H], U [H, H], b [H]. The output is y. The authors' code damps with the old z
 * (explicit), the paper's scheme with the new (implicit). Δt, γ and ε are tuned to the task.
 */
@AutoService(Layer.class)
public final class CoRnn implements Cell {
    /** Which velocity the damping sees. */
    enum Damping {
        EXPLICIT,
        IMPLICIT
    }

    private static final Option<Double> DT = Option.real("dt", 0.1).range(0, 10).doc("Δt, length of a step.");
    private static final Option<Double> GAMMA =
            Option.real("gamma", 1).range(0, 1000).doc("γ, pull back to the middle.");
    private static final Option<Double> EPSILON =
            Option.real("epsilon", 1).range(0, 1000).doc("ε, damping.");
    private static final Option<Damping> DAMPING = Option.choice("damping", Damping.EXPLICIT)
            .doc("Whether damping sees the velocity before or after the step.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("coRNN")
                .summary("Coupled oscillatory network.")
                .paper(
                        "2010.00951",
                        "Coupled Oscillatory Recurrent Neural Network (coRNN): An accurate and (gradient) stable architecture for learning long time dependencies")
                .example("coRNN_16")
                .size(Descriptor.Size.REQUIRED)
                .options(DT, GAMMA, EPSILON, DAMPING);
    }

    @Override
    public Expr step(CellScope s, Expr x) {
        Expr y = s.state("y");
        Expr z = s.state("z");
        Expr dt = s.option(DT);
        Expr drive = s.tanh(s.affine("n", x, z, y)).minus(y.times(s.option(GAMMA)));
        Expr velocity = s.value(DAMPING) == Damping.EXPLICIT
                ? z.plus(drive.minus(z.times(s.option(EPSILON))).times(dt))
                : z.plus(drive.times(dt)).div(dt.times(s.option(EPSILON)).plus(1));
        return s.next("y", y.plus(s.next("z", velocity).times(dt)));
    }
}
