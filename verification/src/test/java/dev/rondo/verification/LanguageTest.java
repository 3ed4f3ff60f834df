package dev.rondo.verification;

import static dev.rondo.api.expr.Axis.FEATURES;
import static dev.rondo.api.expr.Axis.TIME;

import dev.rondo.api.expr.Complex;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.expr.Term;
import dev.rondo.api.spi.Body;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.testkit.ModelTests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every word of the language, in the loop of a cell and over whole sequences, whether a plugin uses it or not. */
final class LanguageTest {
    private static DynamicNode cell(String name, Body body) {
        return ModelTests.of(name, List.of(Written.cell(body)), 3);
    }

    private static DynamicNode layer(String name, BiFunction<LayerScope, Expr, Expr> body) {
        return ModelTests.of(name, List.of(Written.layer(body)), 3);
    }

    private static Map<String, UnaryOperator<Expr>> functions() {
        Map<String, UnaryOperator<Expr>> functions = new LinkedHashMap<>();
        functions.put("exp", Fn::exp);
        functions.put("expm1", Fn::expm1);
        functions.put("log", x -> Fn.log(Fn.square(x).plus(0.5)));
        functions.put("log1p", x -> Fn.log1p(Fn.square(x)));
        functions.put("sqrt", x -> Fn.sqrt(Fn.square(x).plus(0.5)));
        functions.put("rsqrt", x -> Fn.rsqrt(Fn.square(x).plus(0.5)));
        functions.put("abs", Fn::abs);
        functions.put("sign", x -> x.plus(Fn.sign(x)));
        functions.put("sin", Fn::sin);
        functions.put("cos", Fn::cos);
        functions.put("floor", x -> x.minus(Fn.floor(x)));
        functions.put("sigmoid", Fn::sigmoid);
        functions.put("tanh", Fn::tanh);
        functions.put("relu", Fn::relu);
        functions.put("softplus", Fn::softplus);
        functions.put("erf", Fn::erf);
        functions.put("oneMinus", Fn::oneMinus);
        functions.put("unaryMinus", Expr::unaryMinus);
        functions.put("clamp", x -> Fn.clamp(x, -0.3, 0.4));
        functions.put("stopGradient", x -> x.times(Fn.stopGradient(x)));
        functions.put("clipGradient", x -> x.times(Fn.clipGradient(x, 1e6)));
        functions.put("min of number", x -> Fn.min(x, 0.1));
        functions.put("max of number", x -> Fn.max(x, 0.1));
        functions.put("pow of numbers", x -> Fn.pow(Fn.abs(x).plus(0.5), 1.7).plus(Fn.pow(1.3, x)));
        functions.put("div", x -> Expr.of(1).div(Fn.square(x).plus(0.5)).plus(x.div(3)));
        functions.put("less and select", x -> Fn.select(Fn.less(x, 0.1), x.times(2), Fn.square(x)));
        functions.put("safe select", x -> Fn.select(Fn.less(0.1, x), Fn.log(Fn.max(x, 0.1)), x));
        functions.put("lerp by number", x -> Fn.lerp(x, Fn.square(x), 0.3));
        functions.put("sum of features", x -> x.times(Fn.sum(x, FEATURES)));
        functions.put("mean of features", x -> x.minus(Fn.mean(x, FEATURES)));
        functions.put("largest feature", x -> x.minus(Fn.max(x, FEATURES)));
        functions.put("softmax", x -> Fn.softmax(x, FEATURES));
        functions.put("logSoftmax", x -> Fn.logSoftmax(x.times(3), FEATURES));
        functions.put(
                "oneHot",
                x -> x.times(Fn.oneHot(Fn.floor(Fn.abs(Fn.slice(x, 0, 1)).times(4)), x.width())
                        .plus(0.5)));
        functions.put("layer norm", LanguageTest::layerNorm);
        functions.put("index", x -> x.times(Fn.index(FEATURES, x.width()).plus(1)));
        functions.put("zerosLike", x -> x.plus(Fn.zerosLike(x)));
        functions.put("concat and slice", x -> Fn.concat(Fn.slice(x, 1, x.width()), Fn.slice(x, 0, 1)));
        functions.put("concat with itself", x -> Fn.slice(Fn.concat(x, x), 1, x.width() + 1));
        functions.put(
                "matmul with identity", x -> Fn.matmul(x, Fn.identity(x.width()).times(0.5)));
        return functions;
    }

    private static Expr layerNorm(Expr x) {
        Expr centred = x.minus(Fn.mean(x, FEATURES));
        return centred.times(Fn.rsqrt(Fn.mean(Fn.square(centred), FEATURES).plus(0.1)));
    }

    @TestFactory
    Stream<DynamicNode> functionsOfAState() {
        return functions().entrySet().stream()
                .map(each -> cell(each.getKey() + " of a state", (s, x) -> {
                    Expr h = s.state("h");
                    return s.next("h", Fn.tanh(s.affine("n", x, each.getValue().apply(h))));
                }));
    }

    @TestFactory
    Stream<DynamicNode> functionsOfAGate() {
        return functions().entrySet().stream()
                .map(each -> cell(each.getKey() + " of a product in the loop", (s, x) -> {
                    Expr h = s.state("h");
                    Expr gate = each.getValue().apply(s.affine("g", x, h).times(0.5));
                    return s.next("h", Fn.tanh(h.times(0.5).plus(gate.times(s.affine("n", x)))));
                }));
    }

    @TestFactory
    Stream<DynamicNode> functionsOfTheInput() {
        return functions().entrySet().stream()
                .map(each -> cell(each.getKey() + " of an input", (s, x) -> {
                    Expr h = s.state("h");
                    Expr read = each.getValue().apply(s.affine("g", x));
                    return s.next("h", Fn.lerp(read, h, Fn.sigmoid(s.vector("keep", s.units(), Init.ZEROS))));
                }));
    }

    @TestFactory
    Stream<DynamicNode> functionsOfASequence() {
        return functions().entrySet().stream()
                .map(each -> layer(
                        each.getKey() + " of a sequence",
                        (s, x) -> each.getValue().apply(s.affine("g", x))));
    }

    @TestFactory
    Stream<DynamicNode> cells() {
        return Stream.of(
                cell("two values meet", (s, x) -> {
                    Expr h = s.state("h");
                    Expr a = s.affine("a", x, h);
                    Expr b = s.affine("b", x);
                    Expr mixed = Fn.max(a, b)
                            .plus(Fn.min(a, h))
                            .plus(Fn.pow(Fn.abs(a).plus(0.5), Fn.tanh(b)));
                    return s.next("h", Fn.tanh(Fn.select(Fn.less(a, b), mixed, a.times(b))));
                }),
                cell("weights that are expressions", (s, x) -> {
                    Expr h = s.state("h");
                    Expr u = s.weight("U", 4, 4);
                    Expr skew = u.minus(Fn.transpose(u)).minus(Fn.identity(4).times(0.1));
                    Expr low = Fn.matmul(s.weight("A", 4, 2), s.weight("B", 2, 4));
                    return s.next("h", Fn.tanh(s.affine("n", x, Term.weighted(h, skew), Term.weighted(h, low))));
                }),
                cell("a weight with connections dropped", (s, x) -> {
                    Expr h = s.state("h");
                    Expr u = s.weight("U", 4, 4);
                    Expr mask = s.random(Draw.bernoulli(0.6), u, Draw.Per.CHUNK);
                    return s.next("h", Fn.tanh(s.affine("n", x, Term.weighted(h, u.times(mask)))));
                }),
                cell("one weight twice", (s, x) -> {
                    Expr h = s.state("h");
                    Expr u = s.weight("U", 4, 4);
                    Expr once = Fn.tanh(s.affine("a", x, Term.weighted(h, u)));
                    return s.next("h", Fn.tanh(s.affine("b", x, Term.weighted(once, u))));
                }),
                cell("weights and biases that do the same", (s, x) -> {
                    Expr sum = s.affine("a", x).plus(s.affine("b", x)).plus(s.affine("c", s.state("h")));
                    return s.next("h", Fn.tanh(sum));
                }),
                cell("heads", (s, x) -> {
                    Expr h = s.state("h");
                    return s.next("h", Fn.tanh(s.affine("n", Term.heads(Fn.concat(x, x), 2), Term.heads(h, 2))));
                }),
                cell("diagonals and scalars", (s, x) -> {
                    Expr h = s.state("h");
                    Expr scale = s.scalar("scale", 0.7);
                    return s.next(
                            "h",
                            Fn.tanh(s.affine("n", x, Term.diagonal(h)).times(Fn.sigmoid(scale)))
                                    .plus(scale));
                }),
                cell("lags of state and input", (s, x) -> {
                    Expr h = s.state("h");
                    return s.next("h", Fn.tanh(s.affine("n", x, s.lag(x, 2), h, s.lag(h, 1), s.lag(Fn.square(h), 3))));
                }),
                cell("a lag of a lag", (s, x) -> {
                    Expr h = s.state("h");
                    return s.next("h", Fn.tanh(s.affine("n", h, s.lag(s.lag(x, 1), 2))));
                }),
                cell("a lag of the new state", (s, x) -> {
                    Expr next = Fn.tanh(s.affine("n", x, s.state("h")));
                    return s.next("h", next).plus(s.lag(next, 2));
                }),
                cell("clocks", (s, x) -> {
                    Expr h = s.state("h");
                    Expr period = s.vector("period", 4, Init.each((i, random) -> 2 + i));
                    Expr phase = Fn.phase(s.time(), s.vector("shift", 4, Init.ZEROS), period);
                    Expr fresh = Fn.select(s.firstStep(), Expr.of(0.5), Fn.tanh(s.affine("n", x, h)));
                    return s.next("h", fresh.times(phase).plus(Fn.sin(s.index()).times(h)));
                }),
                cell("a clock whose units share shift and period", (s, x) -> {
                    Expr h = s.state("h");
                    Expr many =
                            Fn.phase(s.time(), Expr.of(0.5), s.vector("period", 4, Init.each((i, random) -> 2 + i)));
                    Expr one = Fn.phase(s.index(), s.vector("shift", 4, Init.ZEROS), s.scalar("length", 3));
                    return s.next("h", Fn.tanh(s.affine("n", x, h)).times(many).plus(one.times(h)));
                }),
                cell("draws", (s, x) -> {
                    Expr h = s.state("h");
                    Expr mask = s.random(Draw.bernoulli(0.7), h, Draw.Per.CHUNK);
                    Expr noise = s.random(Draw.normal(), h, Draw.Per.STEP);
                    Expr half = s.random(Draw.halfNormal(), x, Draw.Per.STEP);
                    Expr sign = s.random(Draw.sign(), h, Draw.Per.STEP);
                    Expr n = s.affine("n", x.times(half), h.times(mask));
                    return s.next("h", Fn.tanh(n.plus(noise.times(0.3)).plus(sign.times(0.1))));
                }),
                cell("training and evaluation", (s, x) -> {
                    Expr h = s.state("h");
                    Expr n = s.affine("n", x, h);
                    return s.next("h", Fn.select(s.training(), Fn.tanh(n), Fn.sigmoid(n)));
                }),
                cell("a complex state", (s, x) -> {
                    Complex h = new Complex(s.state("re"), s.state("im"));
                    Complex turn =
                            Complex.polar(Fn.sigmoid(s.vector("size", 4, Init.ONES)), s.vector("turn", 4, Init.ONES));
                    Complex next =
                            h.times(turn).plus(new Complex(s.linear("a", x), s.linear("b", x)).times(Expr.of(0.5)));
                    s.next("im", next.im());
                    return s.next("re", next.re());
                }),
                cell("states of several widths, an output that is none", (s, x) -> {
                    Expr h = s.state("h");
                    Expr memory = s.state("m", 7);
                    Expr n = Fn.tanh(s.affine("n", 7, x, h, memory));
                    s.next("m", Fn.lerp(memory, n, 0.4));
                    s.next("h", Fn.tanh(s.affine("h", memory)));
                    return Fn.concat(n, h, x);
                }),
                cell("a state that does not change", (s, x) -> {
                    Expr kept = s.state("kept");
                    return s.affine("y", x).plus(s.next("kept", kept));
                }),
                cell("an output that is the old state", (s, x) -> {
                    Expr h = s.state("h");
                    s.next("h", Fn.tanh(s.affine("n", x, h)));
                    return h;
                }),
                cell("an output that does not depend on the step", (s, x) -> s.vector("v", 4, Init.ONES)),
                cell("states that exchange", (s, x) -> {
                    Expr a = s.state("a");
                    Expr b = s.state("b");
                    s.next("a", b);
                    return s.next("b", Fn.tanh(s.affine("n", x, a)));
                }),
                cell("many products in one step", (s, x) -> {
                    Expr v = s.state("h");
                    for (int depth = 0; depth < 4; depth++) {
                        v = Fn.lerp(v, Fn.tanh(s.affine("n" + depth, v)), Fn.sigmoid(s.affine("t" + depth, v)));
                    }
                    return s.next("h", v.plus(s.linear("x", x)));
                }),
                cell("a table in the loop", (s, x) -> {
                    Expr table = s.parameter("table", Shape.matrix(5, 4), Init.normal(1));
                    Expr row =
                            Fn.gather(table, Fn.floor(Fn.abs(Fn.slice(x, 0, 1)).times(3)));
                    return s.next("h", Fn.tanh(s.affine("n", x, s.state("h")).plus(row)));
                }));
    }

    @TestFactory
    Stream<DynamicNode> layers() {
        Body cell = (s, x) -> s.next("h", Fn.tanh(s.affine("n", x, s.state("h"))));
        return Stream.of(
                layer("reverse", (s, x) -> Fn.reverse(x.times(2)).plus(x)),
                layer("reversed scan", (s, x) -> Fn.reverse(s.scan(cell, Fn.reverse(x)))),
                layer("last", (s, x) -> x.times(Fn.last(x))),
                layer("last of a scan", (s, x) -> {
                    Expr y = s.scan(cell, x);
                    return y.plus(s.affine("again", Fn.last(y)));
                }),
                layer("sum over time", (s, x) -> Fn.tanh(Fn.sum(x, TIME)).times(x)),
                layer("largest over time", (s, x) -> x.minus(Fn.max(x, TIME))),
                layer("sum of a product over time", (s, x) -> {
                    Expr y = Fn.tanh(s.affine("n", x)); // not zero in padding
                    return y.times(Fn.sum(y, TIME)).plus(Fn.max(y, TIME)).plus(Fn.sum(y, TIME, FEATURES));
                }),
                layer("largest of all", (s, x) -> s.affine("n", x).times(Fn.max(s.affine("m", x), TIME, FEATURES))),
                layer("a tie", (s, x) -> {
                    Expr y = Fn.clamp(s.affine("n", x), -0.1, 0.1);
                    return y.plus(s.affine("m", x).times(Fn.max(Fn.min(s.affine("o", x), 0), FEATURES)));
                }),
                layer("lag of a sequence", (s, x) -> s.affine("n", x, s.lag(x, 1), s.lag(x, 3))),
                layer("lag of a scan", (s, x) -> {
                    Expr y = s.scan(cell, x);
                    return y.times(s.lag(y, 2));
                }),
                layer(
                        "clocks of a sequence",
                        (s, x) -> x.times(Fn.sin(s.index()))
                                .plus(Fn.cos(s.time()))
                                .plus(s.firstStep())
                                .plus(s.valid())),
                layer(
                        "draws of a sequence",
                        (s, x) -> x.times(s.random(Draw.bernoulli(0.5), x, Draw.Per.STEP))
                                .times(s.random(Draw.normal(), x, Draw.Per.CHUNK))),
                layer("norm and dot of a weight", (s, x) -> {
                    Expr w = s.weight("W", 3, 4);
                    return Fn.matmul(x, w.div(Fn.norm(w))).times(Fn.dot(w, w));
                }),
                layer("a constant sequence", (s, x) -> Fn.zerosLike(x).plus(s.vector("v", x.width(), Init.ONES))),
                layer("the input itself", (s, x) -> x),
                layer(
                        "a table",
                        (s, x) -> Fn.gather(
                                s.parameter("table", Shape.matrix(5, 4), Init.normal(1)),
                                Fn.floor(Fn.abs(Fn.slice(x, 0, 1)).times(3)))),
                layer(
                        "a scan of a scan",
                        (s, x) -> s.scan(
                                (c, y) -> c.next("g", Fn.tanh(c.affine("m", y, c.state("g")))), s.scan(cell, x))));
    }
}
