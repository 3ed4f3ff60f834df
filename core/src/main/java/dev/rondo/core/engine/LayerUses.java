package dev.rondo.core.engine;

import dev.rondo.api.device.LayerUse;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Option;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Graphs;
import dev.rondo.core.trace.TracedLayer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells devices of the layers of models. */
final class LayerUses {
    private LayerUses() {}

    static LayerUse of(TracedLayer layer) {
        Configured<?> use = layer.configured();
        int prefix = layer.path().length() + 1;
        return new LayerUse(
                layer.path(),
                use.name(),
                use.size(),
                options(use),
                use.wrapped().stream().map(LayerUses::wrapped).toList(),
                spec(layer.gates().sigmoid()),
                spec(layer.gates().tanh()),
                layer.input().width(),
                layer.output().width(),
                layer.parameters().stream()
                        .map(each -> new LayerUse.Parameter(each.name().substring(prefix), each.length()))
                        .toList(),
                layer.states().stream()
                        .map(each -> new LayerUse.State(each.name().substring(prefix), each.steps(), each.width()))
                        .toList(),
                draws(layer).stream().map(LayerUses::draw).toList());
    }

    /** The random numbers that a layer draws, in the order of evaluation. */
    static List<Expr> draws(TracedLayer layer) {
        Set<Expr> before = new HashSet<>(Graphs.reachable(layer.input())); // nodes are equal if they are the same
        return Graphs.reachable(layer.output()).stream()
                .filter(node -> node.op() == Op.RANDOM && !before.contains(node))
                .toList();
    }

    private static LayerUse.Draws draw(Expr node) {
        Draw draw = node.attribute("draw", Draw.class);
        return new LayerUse.Draws(draw.parameter(), node.attribute("per", Draw.Per.class) == Draw.Per.STEP);
    }

    private static LayerUse wrapped(Configured<?> use) {
        List<LayerUse> inside = use.wrapped().stream().map(LayerUses::wrapped).toList();
        return new LayerUse(
                use.name(),
                use.name(),
                use.size(),
                options(use),
                inside,
                "",
                "",
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    private static Map<String, String> options(Configured<?> use) {
        Map<String, String> values = new HashMap<>();
        use.plugin().describe().options().forEach(option -> values.put(option.key(), value(use, option)));
        return values;
    }

    private static <T> String value(Configured<?> use, Option<T> option) {
        return option.print(use.value(option));
    }

    private static String spec(@Nullable Configured<Activation> gate) {
        return gate == null ? "" : gate.spec();
    }
}
