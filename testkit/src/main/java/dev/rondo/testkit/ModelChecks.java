package dev.rondo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.Stepper;
import dev.rondo.core.engine.Sequences;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What every model must do in an application: go into a file and come back, and take a stream step by step. */
record ModelChecks(Rondo rondo) {
    private static final int STEPS = 5;

    private Model model(List<Configured<?>> stack, Subject subject) {
        ModelSpec spec = ModelSpec.of(Specs.print(stack), subject.inputs(), subject.outputs())
                .withHead(false);
        return Model.of(rondo, spec, 1).withParameters(subject.parameters());
    }

    private static Sequences input(Subject subject, int batch) {
        return Sequences.of(
                STEPS, batch, subject.inputs(), subject.input(STEPS, batch).values());
    }

    /** A model that was saved and loaded gives the same bits, and the same file again. */
    void comesBackFromItsFile(List<Configured<?>> stack, Subject subject) throws IOException {
        Path folder = Files.createTempDirectory("rondo-contract");
        Path first = folder.resolve("first.safetensors");
        Path second = folder.resolve("second.safetensors");
        try {
            Model model = model(stack, subject);
            model.save(first);
            Model loaded = Model.load(rondo, first);
            loaded.save(second);
            assertThat(loaded.predict(input(subject, 2)).output())
                    .as("output of the loaded model")
                    .containsExactly(model.predict(input(subject, 2)).output());
            assertThat(second).as("file of the loaded model").hasSameBinaryContentAs(first);
        } finally {
            Files.deleteIfExists(first);
            Files.deleteIfExists(second);
            Files.delete(folder);
        }
    }

    /** One step at a time gives what the whole gives. */
    void streams(List<Configured<?>> stack, Subject subject) {
        Model model = model(stack, subject);
        Sequences input = input(subject, 1);
        float[] joined = new float[STEPS * subject.outputs()];
        Stepper stepper = model.stepper();
        for (int t = 0; t < STEPS; t++) {
            float[] now = Arrays.copyOfRange(input.values(), t * subject.inputs(), (t + 1) * subject.inputs());
            System.arraycopy(stepper.step(now), 0, joined, t * subject.outputs(), subject.outputs());
        }
        Near.values("output", joined, model.predict(input).output());
    }
}
