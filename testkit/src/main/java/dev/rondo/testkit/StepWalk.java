package dev.rondo.testkit;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Op;
import dev.rondo.core.trace.Loop;
import dev.rondo.core.trace.StateSlot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** One evaluation of the step of a scan. */
final class StepWalk {
    private final Walk sequences;
    private final Loop loop;
    private final int step;
    private final Map<String, Ring> before;
    private final Map<Expr, NamedArray> known = new IdentityHashMap<>();
    private final Queue<Expr> lags = new ArrayDeque<>();

    StepWalk(Walk sequences, Loop loop, int step, NamedArray input, Map<String, Ring> before) {
        this.sequences = sequences;
        this.loop = loop;
        this.step = step;
        this.before = before;
        known.put(loop.input(), input);
        loop.states()
                .forEach(each -> known.put(each.old(), ring(each.slot().name()).ago(1)));
    }

    NamedArray output() {
        return of(loop.output());
    }

    /** All slots of the step with their new content; that of rows that have ended is the old one. */
    Map<String, Ring> after() {
        Map<String, Ring> after = new HashMap<>();
        loop.states()
                .forEach(
                        each -> after.put(each.slot().name(), pushed(each.slot().name(), each.next())));
        output();
        after.putAll(histories());
        return after;
    }

    /** The histories that have been read, with their new content. */
    Map<String, Ring> histories() {
        Map<String, Ring> after = new HashMap<>();
        while (!lags.isEmpty()) { // the operand of a lag may hold further lags
            Expr lag = lags.remove();
            String slot = lag.attribute("slot", StateSlot.class).name();
            after.put(slot, pushed(slot, lag.input(0)));
        }
        return after;
    }

    private Ring pushed(String slot, Expr value) {
        return ring(slot).pushed(of(value), step, sequences.setting());
    }

    private Ring ring(String slot) {
        Ring ring = before.get(slot);
        return ring == null ? sequences.before(slot) : ring;
    }

    NamedArray of(Expr node) {
        NamedArray value = known.get(node);
        if (value == null) {
            value = evaluate(node);
            known.put(node, value);
        }
        return value;
    }

    private NamedArray evaluate(Expr node) {
        boolean outside = node.shape().has(Axis.TIME)
                || node.inputs().stream().anyMatch(input -> input.shape().has(Axis.TIME));
        if (outside || node.op() == Op.PARAMETER || node.op() == Op.INPUT) {
            return sequences.of(node);
        }
        return switch (node.op()) {
            case INDEX, STAMP, FIRST_STEP, VALID -> clock(node);
            case RANDOM -> sequences.random(node, step);
            case LAG -> lag(node);
            case BATCH_MEAN -> sequences.mean(node, loop);
            case CONSTANT, OPTION, TRAINING, STATE -> sequences.of(node);
            default -> {
                List<NamedArray> operands = new ArrayList<>();
                node.inputs().forEach(input -> operands.add(of(input)));
                yield sequences.operations().apply(node, operands);
            }
        };
    }

    private NamedArray clock(Expr node) {
        NamedArray result = sequences.operations().zero(node.shape());
        for (int i = 0; i < result.length(); i++) {
            result.value()[i] = sequences.clock(node.op(), step, result.position(Axis.BATCH, i));
        }
        return result;
    }

    private NamedArray lag(Expr node) {
        String slot = node.attribute("slot", StateSlot.class).name();
        lags.add(node);
        NamedArray result = sequences.operations().zero(node.shape());
        NamedArray past = ring(slot).ago(node.attribute("steps", Integer.class));
        int[] places = result.places(past);
        for (int i = 0; i < result.length(); i++) {
            result.set(i, past, places[i]);
        }
        return result;
    }
}
