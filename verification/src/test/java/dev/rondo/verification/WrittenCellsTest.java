package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Body;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Loss;
import dev.rondo.api.spi.Nested;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.Rewrite;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.arrays.ArrayProgram;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Words of the language whose numbers no built-in cell pins down: heads, rewritten products, clipped gradients. */
class WrittenCellsTest {
    private static final double[][] X = {{0.5, -1.25, 0.75, 2}, {1.5, 0.25, -0.5, -1}, {-0.75, 1, 0.375, 0.25}};

    private record Written(String name, Body body) implements Cell {
        @Override
        public Descriptor describe() {
            return Descriptor.of(name).size(Descriptor.Size.OPTIONAL).wraps(0, 1);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            return body.step(s, x);
        }
    }

    private static Configured<?> cell(int size, Body body) {
        return new Configured<>(new Written("Written", body), size, Map.of(), List.of(), "");
    }

    private static Configured<?> around(Configured<?> inner, Rewrite rewrite) {
        Body body = (s, x) -> {
            Nested nested = s.cell(0, "0", x.width(), rewrite);
            return s.next(nested, nested.step(x, nested.states()));
        };
        return new Configured<>(new Written("Around", body), 0, Map.of(), List.of(inner), "");
    }

    private static Expr elman(CellScope s, Expr x) {
        return s.next("h", Fn.tanh(s.affine("n", x, s.state("h"))));
    }

    @Test
    void unitsOfDifferentHeadsDoNotMeet() {
        SmallCase heads = SmallCase.of(
                cell(6, (s, x) -> s.next("h", Fn.tanh(s.affine("n", Term.heads(x, 2), Term.heads(s.state("h"), 2))))),
                4);
        assertThat(heads.parameters()).containsExactly("n.W.head0", "n.W.head1", "n.U.head0", "n.U.head1", "n.b");
        double[][] outputs = heads.run(X);
        double[] h = new double[6];
        for (int t = 0; t < X.length; t++) {
            double[] next = new double[6];
            for (int j = 0; j < 6; j++) {
                int head = j / 3;
                double[] share = {X[t][2 * head], X[t][2 * head + 1]};
                double[] state = {h[3 * head], h[3 * head + 1], h[3 * head + 2]};
                next[j] = Math.tanh(heads.dot(share, "n.W.head" + head, j % 3)
                        + heads.dot(state, "n.U.head" + head, j % 3)
                        + heads.at("n.b", j));
            }
            h = next;
            assertThat(outputs[t]).containsExactly(h, within(1e-9));
        }
    }

    @Test
    void headsHaveToDivideTheUnits() {
        Configured<?> five = cell(5, (s, x) -> s.next("h", s.affine("n", Term.heads(s.state("h"), 2))));
        assertThatThrownBy(() -> SmallCase.of(five, 4))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("affine n: 2 heads do not divide 5 features evenly");
    }

    /** Operand + 1 outside, weight · 2 and product − 3 inside: the outer wrapper sees what the inner one has made of it. */
    @Test
    void wrappersRewriteTheProductsInsideOfThem() {
        Rewrite inner = new Rewrite() {
            @Override
            public Expr weight(String name, boolean recurrent, Expr weight) {
                return recurrent ? weight.times(2) : weight;
            }

            @Override
            public Expr product(String name, boolean recurrent, Expr product) {
                return name.equals("0/n.W") ? product.minus(3) : product;
            }
        };
        Rewrite outer = new Rewrite() {
            @Override
            public Expr operand(String name, boolean recurrent, Expr operand) {
                return recurrent ? operand.plus(1) : operand;
            }

            @Override
            public Expr product(String name, boolean recurrent, Expr product) {
                return name.equals("0/0/n.W") ? product.times(0.5) : product;
            }
        };
        SmallCase all = SmallCase.of(around(around(cell(2, WrittenCellsTest::elman), inner), outer), 4);
        double[][] outputs = all.run(X);
        double[] h = new double[2];
        for (int t = 0; t < X.length; t++) {
            double[] moved = {h[0] + 1, h[1] + 1};
            double[] next = new double[2];
            for (int j = 0; j < 2; j++) {
                next[j] = Math.tanh((all.dot(X[t], "0/0/n.W", j) - 3) * 0.5
                        + 2 * all.dot(moved, "0/0/n.U", j)
                        + all.at("0/0/n.b", j));
            }
            h = next;
            assertThat(outputs[t]).containsExactly(h, within(1e-9));
        }
    }

    @Test
    void aRewriteKeepsShapes() {
        Rewrite wrong = new Rewrite() {
            @Override
            public Expr operand(String name, boolean recurrent, Expr operand) {
                return Fn.concat(operand, operand);
            }
        };
        assertThatThrownBy(() -> SmallCase.of(around(cell(2, WrittenCellsTest::elman), wrong), 4))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("rewrite: operand [batch, features 8], expected [batch, features 4]");
    }

    private record Sum() implements Loss {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Sum").standard("Sum of the outputs.");
        }

        @Override
        public Expr of(OptionScope s, Expr output, Expr target) {
            return Fn.sum(output, Axis.FEATURES);
        }
    }

    /** y₁ = a x₁, y₂ = a (clip(y₁) + x₂): only what flows back from step 2 to step 1 is clipped. */
    @Test
    void aClippedGradientIsHeldWithinItsBoundOnItsWayBack() {
        Configured<?> scaled = cell(1, (s, x) -> {
            Expr a = s.vector("a", 1, Init.constant(3));
            return s.next("y", a.times(Fn.clipGradient(s.state("y"), 0.5).plus(x)));
        });
        TracedModel model = new Tracer(Gates.STANDARD, name -> {
                    throw new IllegalArgumentException(name);
                })
                .trace(List.of(scaled), 1);
        float[][] gradient = {new float[1]};
        try (CpuEngine engine = new CpuEngine(KernelChoice.find().kernels(), 1)) {
            engine.differentiator(model, Configured.of(new Sum()))
                    .run(
                            new float[][] {{3}},
                            Sequences.of(2, 1, 1, new float[] {2, 5}),
                            new float[2],
                            new float[] {0, 1},
                            ModelState.zero(model.states(), 1),
                            new RandomKey(0, 0, 0),
                            gradient);
        }
        // ∂y₂/∂a = (y₁ + x₂) + clip(a, 0.5) x₁ = (6 + 5) + 0.5 · 2; without clipping 11 + 3 · 2.
        assertThat(gradient[0]).containsExactly(12f);
    }

    @Test
    void bundlesAreVectorsOfTheirValues() {
        Bundle one = Bundle.of("a", Expr.of(3)).put("b", Expr.of(-4));
        assertThat(constants(one.plus(one).times(Expr.of(2)).div(Expr.of(4)))).containsExactly(3.0, -4.0);
        assertThat(number(one.dot(one))).isEqualTo(25);
        assertThat(number(one.norm())).isEqualTo(5);
        assertThat(number(Bundle.of("a", Expr.of(0)).norm())).isZero();
    }

    private static List<Double> constants(Bundle bundle) {
        return bundle.names().stream().map(name -> number(bundle.get(name))).toList();
    }

    private static double number(Expr value) {
        ArrayProgram program = ArrayProgram.compile(KernelChoice.find().kernels(), List.of(value));
        program.run();
        return program.number(0);
    }
}
