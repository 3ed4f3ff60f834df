package dev.rondo.verification.methods;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bundle;
import dev.rondo.api.expr.Draw;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Moment;
import dev.rondo.api.spi.OptionScope;
import dev.rondo.api.spi.TrainingMethod;
import dev.rondo.api.spi.TrainingScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.method.ChunkProgram;
import dev.rondo.core.method.StepProgram;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Objective;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is wrong in a method's equations is told with its name and the line. */
class MethodErrorsTest {
    private final Rondo rondo = Rondo.create();
    private final TracedModel model =
            new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers("GRU_2 Linear_1"), 1);
    private final Objective objective = Objective.ofNumbers(rondo.specs().loss("MSE"), 1);

    private record Written(Moment moment, Function<TrainingScope, Bundle> equations) implements TrainingMethod {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Written");
        }

        @Override
        public Moment moment(OptionScope s) {
            return moment;
        }

        @Override
        public Bundle update(TrainingScope s) {
            return equations.apply(s);
        }
    }

    private void inEachStep(String message, Function<TrainingScope, Bundle> equations) {
        Configured<TrainingMethod> method = Configured.of(new Written(new Moment.EachStep(), equations));
        refused(message, () -> StepProgram.create(rondo.kernels(), method, model, objective, 2));
    }

    private void whenStuck(String message, Function<TrainingScope, Bundle> equations) {
        Configured<TrainingMethod> method = Configured.of(new Written(new Moment.WhenStuck(1, 1), equations));
        refused(message, () -> ChunkProgram.create(rondo.kernels(), rondo.engine(), method, model, objective));
    }

    private static void refused(String message, Runnable creation) {
        assertThatThrownBy(creation::run)
                .isInstanceOf(UsageException.class)
                .hasMessageMatching("Written( \\(MethodErrorsTest.java:\\d+\\))?: .*")
                .hasMessageContaining(message);
    }

    private static Bundle loss(TrainingScope s) {
        return Bundle.of("loss", s.loss());
    }

    @Test
    void theAnswerIsAValueForEachParameter() {
        inEachStep("update: a value for each of [1.GRU/r.W,", s -> s.states());
        inEachStep(
                "update: a value of shape [batch 2], expected [rows 1, columns 2]",
                s -> s.parameters().map(each -> Fn.sum(s.output(), Axis.FEATURES)));
    }

    @Test
    void whatIsKeptIsSetOnce() {
        inEachStep("update: no next value for the memory 'm'", s -> s.memory("m", s.parameters()));
        inEachStep("memory: 'm' is there already", s -> s.memory("m", s.memory("m", s.parameters())));
        inEachStep("next: there is no memory 'm'", s -> {
            s.next("m", s.parameters());
            return s.parameters();
        });
        inEachStep("next: a second next value for 'm'", s -> {
            Bundle m = s.memory("m", s.parameters());
            s.next("m", m);
            s.next("m", m);
            return m;
        });
        inEachStep("next: a value for each of [loss] is needed, not for [1.GRU/h]", s -> {
            s.memory("m", loss(s));
            s.next("m", s.states());
            return s.parameters();
        });
    }

    @Test
    void derivativesAreOfWhatTheyCanBeOf() {
        inEachStep(
                "gradient: that of a number, not of [batch 2, features 1]",
                s -> s.gradient(s.output(), s.parameters()));
        inEachStep(
                "tangent: a value for each of [1.GRU/h] is needed, not for [loss]",
                s -> s.tangent(s.states(), s.states(), loss(s)));
    }

    @Test
    void whereTrainingIsStuckThereAreNoSteps() {
        String none = ": there is none where training is stuck, but in each step";
        whenStuck("states" + none, s -> s.states());
        whenStuck("nextStates" + none, s -> s.nextStates());
        whenStuck("loss" + none, s -> loss(s));
        whenStuck("memory" + none, s -> s.memory("m", s.parameters()));
        whenStuck("next" + none, s -> {
            s.next("m", s.parameters());
            return s.parameters();
        });
        whenStuck("tangent" + none, s -> s.tangent(s.parameters(), s.parameters(), s.parameters()));
    }

    @Test
    void theOutputOfAChunkStandsInGradients() {
        whenStuck(
                "new values are made of the output, which may stand in gradients alone",
                s -> s.parameters().map(each -> each.plus(Fn.sum(s.output()))));
        whenStuck("gradient: where training is stuck, that of a number made of the output and the parameters", s -> {
            Bundle first = s.gradient(Fn.sum(s.output()), s.parameters());
            return s.gradient(first.dot(first), s.parameters());
        });
        whenStuck("gradient: where training is stuck, that of a number made of the output and the parameters", s -> {
            Expr noise = s.random(Draw.normal(), Expr.of(0));
            return s.gradient(Fn.sum(s.output()).times(noise), s.parameters());
        });
        whenStuck(
                "gradient: where training is stuck, that by parameters alone",
                s -> s.gradient(Fn.sum(s.output()), Bundle.of("y", s.output())));
        whenStuck(
                "gradient: that of a number, not of [time, batch, features 1]",
                s -> s.gradient(s.output(), s.parameters()));
    }

    @Test
    void aMomentNeedsAtLeastOneCheck() {
        assertThatThrownBy(() -> new Moment.WhenStuck(0, 1)).hasMessage("at least one check each, got 0 and 1");
    }
}
