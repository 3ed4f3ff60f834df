package dev.rondo.core.optim;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Op;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Role;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.Settings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs an optimiser's methods once for one parameter and keeps what they say. */
final class OptimizerTracer implements Settings, OptimizerScope {
    private static final String INITIAL = "initial";

    private final Configured<Optimizer> optimizer;
    private final Parameter target;
    private final Shared shared;
    private final Set<String> totals = new HashSet<>();
    private final Map<String, Expr> nexts = new LinkedHashMap<>();
    private boolean updating;
    final Expr parameter;
    final Expr gradient;
    final Map<String, Slot> slots = new LinkedHashMap<>();

    @Nullable
    Slot initial;

    OptimizerTracer(Configured<Optimizer> optimizer, Parameter target, Shared shared) {
        this.optimizer = optimizer;
        this.target = target;
        this.shared = shared;
        parameter = Expr.node(Op.INPUT, target.shape(), Map.of("name", "parameter"));
        gradient = Expr.node(Op.INPUT, target.shape(), Map.of("name", "gradient"));
    }

    /** Where the gradient is taken; to be traced before {@link #traceUpdate}. */
    Expr traceGradientPoint() {
        updating = false;
        return asked(() -> Equations.inShape("gradientPoint", optimizer.plugin().gradientPoint(this), target.shape()));
    }

    /** The new value of the parameter. */
    Expr traceUpdate() {
        updating = true;
        return asked(() -> {
            Expr update = Equations.inShape("update", optimizer.plugin().update(this), target.shape());
            nexts.forEach(this::setNext);
            slots.forEach((name, slot) -> {
                if (slot.next == null) {
                    throw new ExpressionException("update", "no next value for the state '" + name + "'");
                }
            });
            return update;
        });
    }

    private void setNext(String name, Expr value) {
        Slot slot = slots.get(name);
        if (slot == null) {
            shared.next(name, value);
        } else {
            slot.next = Equations.inShape("next", value, slot.leaf.shape());
        }
    }

    @Override
    public Expr parameter() {
        return parameter;
    }

    @Override
    public Expr gradient() {
        if (!updating) {
            throw new ExpressionException("gradientPoint", "the gradient is not known before its point");
        }
        return gradient;
    }

    @Override
    public Expr initial() {
        Slot slot = initial;
        if (slot == null) {
            slot = new Slot(slotName(INITIAL), leaf(INITIAL, target.shape()), parameter);
            initial = slot;
        }
        return slot.leaf;
    }

    @Override
    public Expr learningRate() {
        if (optimizer.plugin().describe().learningRate().isEmpty()) {
            throw new ExpressionException(
                    "learningRate",
                    "the descriptor of " + optimizer.name() + " names none: Descriptor.of(…).learningRate(standard)");
        }
        return shared.learningRate;
    }

    @Override
    public Expr loss() {
        return shared.loss;
    }

    @Override
    public Expr count() {
        return shared.count;
    }

    @Override
    public Role role() {
        return target.role();
    }

    @Override
    public Expr state(String name) {
        return state(name, 0);
    }

    @Override
    public Expr state(String name, double first) {
        return slot(name, Expr.node(Op.BROADCAST, target.shape(), Map.of(), Expr.of(first)));
    }

    @Override
    public Expr state(String name, Expr first) {
        return slot(name, first);
    }

    private Expr slot(String name, Expr first) {
        if (name.equals(INITIAL) || shared.slots.containsKey(name)) {
            throw new ExpressionException("state", "the name '" + name + "' is taken");
        }
        Slot slot = slots.computeIfAbsent(name, key -> new Slot(slotName(name), leaf(name, first.shape()), first));
        if (!Equations.same(slot.initial, first)) {
            throw new ExpressionException("state", "'" + name + "' has two first values");
        }
        return slot.leaf;
    }

    @Override
    public Expr shared(String name, double first) {
        if (slots.containsKey(name)) {
            throw new ExpressionException("shared", "the name '" + name + "' is taken by a state");
        }
        return shared.slot(name, first);
    }

    @Override
    public Expr next(String name, Expr value) {
        if (!updating) {
            throw new ExpressionException("gradientPoint", "the next value of '" + name + "' belongs into update");
        }
        if (nexts.put(name, value) != null) {
            throw new ExpressionException("next", "a second next value for '" + name + "'");
        }
        return value;
    }

    @Override
    public Expr total(String name, Expr scalar) {
        if (!updating || !totals.add(name)) {
            throw new ExpressionException(
                    "total", updating ? "a second total '" + name + "'" : "'" + name + "' belongs into update");
        }
        return shared.total(name, scalar);
    }

    @Override
    public Configured<?> use() {
        return optimizer;
    }

    @Override
    public String called() {
        return optimizer.name() + " for " + target.name();
    }

    /** Of options, so that it is the same for every parameter and names none. */
    @Override
    public void require(boolean condition, String reason) {
        Settings.of(optimizer).require(condition, reason);
    }

    private String slotName(String name) {
        return target.name() + "/" + name;
    }

    private static Expr leaf(String name, Shape shape) {
        return Expr.node(Op.STATE, shape, Map.of("name", name));
    }
}
