package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.Plugin;
import dev.rondo.core.Rondo;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.testkit.ActivationContract;
import dev.rondo.testkit.LayerContract;
import dev.rondo.testkit.OptimizerContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every registered plugin keeps the contract of its kind. */
final class ContractsTest {
    private final Rondo rondo = Rondo.create();

    @Test
    void pluginsAreFound() {
        assertThat(rondo.registry().failures()).isEmpty();
        assertThat(rondo.registry().all(Kind.LAYER))
                .extracting(Registered::name)
                .contains("LSTM", "GRU", "Linear");
        assertThat(rondo.registry().all(Kind.ACTIVATION))
                .extracting(Registered::name)
                .contains("tanh", "sigmoid");
        assertThat(rondo.registry().all(Kind.OPTIMIZER))
                .extracting(Registered::name)
                .contains("SGD", "Adam", "COCOB", "Adam_HD");
    }

    @TestFactory
    Stream<DynamicNode> layers() {
        return plugins(Kind.LAYER).map(each -> {
            Layer layer = each.plugin();
            LayerContract contract = () -> layer;
            return dynamicContainer(each.name(), contract.keepsTheContractOfLayers());
        });
    }

    @TestFactory
    Stream<DynamicNode> activations() {
        return plugins(Kind.ACTIVATION).map(each -> {
            Activation activation = each.plugin();
            ActivationContract contract = () -> activation;
            return dynamicContainer(each.name(), contract.keepsTheContractOfActivations());
        });
    }

    @TestFactory
    Stream<DynamicNode> optimizers() {
        return plugins(Kind.OPTIMIZER).map(each -> {
            Optimizer optimizer = each.plugin();
            OptimizerContract contract = () -> optimizer;
            return dynamicContainer(each.name(), contract.keepsTheContractOfOptimizers());
        });
    }

    /** Each once: a preset is the same equations under another name. */
    private <P extends Plugin> Stream<Registered<P>> plugins(Kind<P> kind) {
        return rondo.registry().all(kind).stream().filter(each -> !each.isPreset());
    }
}
