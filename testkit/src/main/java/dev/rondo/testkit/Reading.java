package dev.rondo.testkit;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Body;
import dev.rondo.api.spi.Cell;
import dev.rondo.api.spi.CellScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.OptimizerScope;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import dev.rondo.core.spec.Configured;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes which options a plugin's equations read. */
final class Reading {
    private final Set<Option<?>> read = new HashSet<>();

    Set<Option<?>> read() {
        return read;
    }

    /** {@code configured} with a plugin that notes what it reads. */
    Configured<?> noting(Configured<?> configured) {
        Plugin plugin = configured.plugin();
        Plugin noting = plugin instanceof Cell cell
                ? new NotingCell(cell, this)
                : plugin instanceof Layer layer
                        ? new NotingLayer(layer, this)
                        : new NotingActivation((Activation) plugin, this);
        return new Configured<>(
                noting, configured.size(), configured.options(), configured.wrapped(), configured.argument());
    }

    /** {@code optimizer} with a plugin that notes what it reads. */
    Configured<Optimizer> notingOptimizer(Configured<Optimizer> optimizer) {
        return new Configured<>(
                new NotingOptimizer(optimizer.plugin(), this), 0, optimizer.options(), List.of(), optimizer.argument());
    }

    private record NotingOptimizer(Optimizer optimizer, Reading reading) implements Optimizer {
        @Override
        public Descriptor describe() {
            return optimizer.describe();
        }

        @Override
        public Expr gradientPoint(OptimizerScope s) {
            return optimizer.gradientPoint(reading.wrap(OptimizerScope.class, s));
        }

        @Override
        public Expr update(OptimizerScope s) {
            return optimizer.update(reading.wrap(OptimizerScope.class, s));
        }
    }

    private record NotingCell(Cell cell, Reading reading) implements Cell {
        @Override
        public Descriptor describe() {
            return cell.describe();
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return cell.forward(reading.wrap(LayerScope.class, s), x);
        }

        @Override
        public Expr step(CellScope s, Expr x) {
            return cell.step(reading.wrap(CellScope.class, s), x);
        }
    }

    private record NotingLayer(Layer layer, Reading reading) implements Layer {
        @Override
        public Descriptor describe() {
            return layer.describe();
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return layer.forward(reading.wrap(LayerScope.class, s), x);
        }
    }

    private record NotingActivation(Activation activation, Reading reading) implements Activation {
        @Override
        public Descriptor describe() {
            return activation.describe();
        }

        @Override
        public Expr of(ActivationScope s, Expr x) {
            return activation.of(reading.wrap(ActivationScope.class, s), x);
        }
    }

    private <S> S wrap(Class<S> type, S scope) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object[] passed = arguments == null ? new Object[0] : arguments;
                    for (int i = 0; i < passed.length; i++) {
                        if (passed[i] instanceof Option<?> option) {
                            read.add(option);
                        } else if (passed[i] instanceof Body body) { // the step of a scan reads options too
                            passed[i] = (Body) (s, x) -> body.step(wrap(CellScope.class, s), x);
                        }
                    }
                    try {
                        return method.invoke(scope, passed);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
