package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.train.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that equations set after each chunk: what training makes of them, and what is refused. */
class BuffersTest {
    private static final TrainingPlan PLAN = TrainingPlan.standard().withEpochs(2);

    private final Rondo rondo = Rondo.create();

    private Dataset data() {
        return Dataset.open(rondo.source("sine_1"), DataSetup.standard().withSeries(2));
    }

    @Test
    void trainingMovesThemAndAModelFileKeepsThem(@TempDir Path folder) {
        Dataset data = data();
        Model fresh = Model.of(rondo, ModelSpec.of("LiGRU_4", data), 1);
        assertThat(buffer(fresh, "1.LiGRU/z.mean")).containsOnly(0);
        assertThat(buffer(fresh, "1.LiGRU/z.variance")).containsOnly(1);

        Model trained = fresh.train(data, "Adam", PLAN);
        assertThat(buffer(trained, "1.LiGRU/z.mean")).doesNotContain(0);
        assertThat(buffer(trained, "1.LiGRU/z.variance")).doesNotContain(1);

        trained.save(folder.resolve("model"));
        Model loaded = Model.load(rondo, folder.resolve("model"));
        for (String name : List.of("1.LiGRU/z.mean", "1.LiGRU/n.variance")) {
            assertThat(buffer(loaded, name)).containsExactly(buffer(trained, name));
        }
    }

    /** An optimiser that looks elsewhere for its gradient must not take the buffers with it. */
    @Test
    void anOptimizerWithAGradientPointLeavesThemAlone() {
        Dataset data = data();
        Model model = Model.of(rondo, ModelSpec.of("LiGRU_4", data), 1).train(data, "ScheduleFreeSGD", PLAN);
        for (float value : buffer(model, "1.LiGRU/z.variance")) {
            assertThat(value).isFinite().isNotEqualTo(1).isPositive();
        }
    }

    private static float[] buffer(Model model, String name) {
        for (int i = 0; i < model.traced().stored().size(); i++) {
            if (model.traced().stored().get(i).name().equals(name)) {
                return model.parameters()[i];
            }
        }
        throw new IllegalArgumentException("no buffer " + name);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        refuses((s, x) -> x.times(s.buffer("b", Shape.vector(3), Init.ONES)), "never given a new value");
        refuses(
                (s, x) -> {
                    Expr b = s.buffer("b", Shape.vector(3), Init.ONES);
                    s.update(b, b.times(2));
                    s.update(b, b.times(3));
                    return x;
                },
                "set twice");
        refuses(
                (s, x) -> {
                    s.update(s.buffer("b", Shape.vector(3), Init.ONES), x);
                    return x;
                },
                "value [time, batch, features 3], buffer [features 3]");
        refuses(
                (s, x) -> {
                    s.update(s.vector("w", 3, Init.ONES), s.batchMean(x));
                    return x;
                },
                "is no buffer of this layer");
        refuses(
                (s, x) -> {
                    s.vector("b", 3, Init.ONES);
                    return x.times(s.buffer("b", Shape.vector(3), Init.ONES));
                },
                "'1.Written/b' is there already");
    }

    private static void refuses(BiFunction<LayerScope, Expr, Expr> body, String reason) {
        Written.refusal(Written.layer(body)).hasMessageContaining(reason);
    }
}
