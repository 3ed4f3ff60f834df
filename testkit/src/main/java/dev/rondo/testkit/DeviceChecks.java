package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.Devices;
import dev.rondo.api.device.LayerProgram;
import dev.rondo.api.device.LayerUse;
import dev.rondo.api.device.Offer;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.core.Rondo;
import dev.rondo.core.engine.AcceleratedEngine;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.engine.ModelState;
import dev.rondo.core.engine.RandomDraws;
import dev.rondo.core.engine.RandomKey;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.function.Executable;

/** The contract of devices, as a list of tests for each model. */
final class DeviceChecks {
    /** Wide enough that a look at four neighbours, or at 32, ends within a row. */
    private static final int WIDTH = 3;

    private final Accelerator accelerator;
    private final Subject subject;
    private final EngineChecks engine;

    private DeviceChecks(Accelerator accelerator, Subject subject) {
        this.accelerator = accelerator;
        this.subject = subject;
        engine = new EngineChecks(new DeviceEngines(accelerator));
    }

    static Stream<DynamicNode> of(Accelerator accelerator, List<String> models, Rondo rondo) {
        return models.stream().map(model -> {
            Subject subject = Subject.of(rondo.layers(model), Gates.STANDARD, rondo::activation, WIDTH);
            return dynamicContainer(model, new DeviceChecks(accelerator, subject).tests());
        });
    }

    private List<DynamicNode> tests() {
        List<DynamicNode> tests = new ArrayList<>();
        add(tests, "the device computes a part of it", this::isUsed);
        add(tests, "values and gradients, full rows from the start", () -> {
            engine.agreesWithOracle(subject, subject.input(5, 3), subject.cold(3));
        });
        add(tests, "values and gradients, rows of all lengths in mid-stream", () -> {
            engine.agreesWithOracle(subject, subject.input(5, 3, 5, 2, 0), reached(3));
        });
        add(tests, "values and gradients, one step", () -> {
            engine.agreesWithOracle(subject, subject.input(1, 2), reached(2));
        });
        add(tests, "values and gradients, many steps", () -> {
            engine.agreesAlongDirections(subject, subject.input(150, 3, 150, 97, 20), reached(3));
        });
        add(tests, "values and gradients, many rows", () -> {
            engine.agreesAlongDirections(subject, subject.input(9, 11, 9, 4, 0, 9, 1, 7, 8, 9, 9, 2, 5), reached(11));
        });
        if (subject.model().causal()) {
            add(tests, "pieces give the whole", () -> engine.piecesGiveTheWhole(subject));
            add(tests, "draws go on over chunks", () -> engine.drawsGoOnOverChunks(subject));
        }
        add(tests, "padding counts for nothing", () -> engine.paddingCountsForNothing(subject));
        add(tests, "rows are independent", () -> engine.rowsAreIndependent(subject));
        add(tests, "the same pass gives the same bits", () -> engine.threadsDoNotChangeBits(subject));
        add(tests, "programs keep nothing", () -> engine.programsKeepNothing(subject));
        add(tests, "it agrees with the CPU", () -> engine.kernelsAgree(subject, reached(3)));
        return tests;
    }

    private static void add(List<DynamicNode> tests, String name, Executable test) {
        tests.add(dynamicTest(name, test));
    }

    /** A state that some input has left: a device may keep values once that several slots hold. */
    private ModelState reached(int batch) {
        try (Engine running = new CpuEngine(KernelChoice.find().kernels(), 1)) {
            return running.evaluator(subject.model())
                    .run(subject.parameters(), subject.input(4, batch), subject.cold(batch))
                    .state();
        }
    }

    private void isUsed() {
        AtomicInteger compiled = new AtomicInteger();
        try (Engine running = engine(new Counted(accelerator, compiled), 1)) {
            running.evaluator(subject.model()).run(subject.parameters(), subject.input(2, 2), subject.cold(2));
        }
        assertThat(compiled).as("programs that the device compiled").hasValue(1);
    }

    private static Engine engine(Accelerator accelerator, int threads) {
        DeviceChoice first = DeviceChoice.parse(accelerator.describe().name());
        return new AcceleratedEngine(
                new CpuEngine(KernelChoice.find().kernels(), threads), Configured.of(accelerator), first, notice -> {});
    }

    /** An accelerator whose devices count what they are asked to compute. */
    private record Counted(Accelerator accelerator, AtomicInteger compiled) implements Accelerator {
        @Override
        public Descriptor describe() {
            return accelerator.describe();
        }

        @Override
        public Devices devices() {
            return accelerator.devices();
        }

        @Override
        public Offer offer(List<LayerUse> layers) {
            return accelerator.offer(layers);
        }

        @Override
        public Device open(OptionScope s, int index) {
            return new CountedDevice(accelerator.open(s, index), compiled);
        }
    }

    private record CountedDevice(Device device, AtomicInteger compiled) implements Device {
        @Override
        public String description() {
            return device.description();
        }

        @Override
        public List<String> details() {
            return device.details();
        }

        @Override
        public boolean pays(List<LayerUse> layers, int steps, int batch, boolean training) {
            return device.pays(layers, steps, batch, training);
        }

        @Override
        public LayerProgram compile(List<LayerUse> layers, int steps, int batch, boolean training) {
            compiled.incrementAndGet();
            return device.compile(layers, steps, batch, training);
        }

        @Override
        public void close() {
            device.close();
        }
    }

    /** The engine with the device, which computes whatever it takes; without it where kernels are compared. */
    private record DeviceEngines(Accelerator accelerator) implements Engines {
        @Override
        public Engine usual() {
            return threads(1);
        }

        @Override
        public Engine threads(int count) {
            return engine(accelerator, count);
        }

        @Override
        public Engine plain() {
            return new CpuEngine(KernelChoice.plain(), 1);
        }

        @Override
        public Draws draws(RandomKey key) {
            return (node, step, row, unit) -> RandomDraws.value(node, key, step, row, unit);
        }
    }
}
