package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.train.TrainingPlan;
import dev.rondo.core.train.TrainingResult;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every schedule, regulariser, training method, metric and source of series does, whatever its formula. */
class SteeringContractsTest {
    private static final Rondo RONDO = Rondo.create();
    private static final DataSetup SMALL = DataSetup.standard().withSeries(2).withLength(1000);

    @AfterAll
    static void close() {
        RONDO.close();
    }

    @TestFactory
    Stream<DynamicNode> descriptions() {
        return Stream.of(Kind.SCHEDULE, Kind.REGULARIZER, Kind.METHOD, Kind.LOSS, Kind.METRIC, Kind.DATA)
                .flatMap(kind -> RONDO.registry().all(kind).stream())
                .map(each -> dynamicTest(each.name() + " says what it is", () -> describesItself(each)));
    }

    private static void describesItself(Registered<? extends Plugin> plugin) {
        assertThat(plugin.descriptor().source()).isPresent();
        assertThat(plugin.descriptor().summary()).isNotBlank();
        assertThat(plugin.descriptor().example()).contains(plugin.name());
        for (Option<?> option : plugin.descriptor().options()) {
            assertThat(option.doc()).as(option.key()).isNotBlank();
        }
    }

    /** Factors are finite and not negative, wherever in training, and those of a restored schedule go on. */
    @TestFactory
    Stream<DynamicNode> schedules() {
        return examples(Kind.SCHEDULE)
                .map(spec -> dynamicTest(spec, () -> {
                    ScheduleProgram program = schedule(spec);
                    for (int t = 0; t < 400; t++) {
                        ScheduleProgram restored = schedule(spec);
                        restored.restore(new HashMap<>(program.state()));
                        ScheduleProgram.Moment moment = moment(t);
                        double factor = program.factor(moment);
                        assertThat(factor)
                                .as("factor at update %d of 300", t)
                                .isFinite()
                                .isNotNegative();
                        assertThat(restored.factor(moment)).isEqualTo(factor);
                        program.advance(moment);
                    }
                }));
    }

    private static ScheduleProgram schedule(String spec) {
        return ScheduleProgram.create(RONDO.kernels(), RONDO.specs().schedule(spec));
    }

    private static ScheduleProgram.Moment moment(int t) {
        double validation = t < 10 ? Double.NaN : 1 + 1.0 / t;
        return new ScheduleProgram.Moment(t, 300, t / 300.0, validation, t / 10);
    }

    @TestFactory
    Stream<DynamicNode> regularizers() {
        return examples(Kind.REGULARIZER)
                .map(spec -> dynamicTest(spec, () -> trains(plan().withRegularizers(List.of(spec)))));
    }

    @TestFactory
    Stream<DynamicNode> methods() {
        return examples(Kind.METHOD).map(spec -> dynamicTest(spec, () -> trains(plan().withMethod(spec))));
    }

    private static TrainingPlan plan() {
        return TrainingPlan.standard().withEpochs(3).withChunks(20, 2);
    }

    /** With it a small model learns something, and the same numbers each time. */
    private static void trains(TrainingPlan plan) {
        TrainingResult first = train(plan);
        assertThat(first.epochs()).isEqualTo(3);
        assertThat(first.history()).allSatisfy(each -> {
            assertThat(each.trainLoss()).isFinite();
            assertThat(each.validationLoss()).isFinite();
        });
        assertThat(first.history().get(2).validationLoss())
                .isLessThan(first.history().get(0).validationLoss());
        assertThat(train(plan).parameters()).isDeepEqualTo(first.parameters());
    }

    private static TrainingResult train(TrainingPlan plan) {
        Dataset data = Dataset.open(RONDO.source("sine_1"), SMALL);
        Model start = Model.of(RONDO, ModelSpec.of("GRU_4", data), 1);
        return RONDO.trainer(start.traced(), RONDO.specs().loss("MSE"), RONDO.optimizer("Adam_lr=0.003"), data, plan)
                .run(start.parameters());
    }

    /** The same seed gives the same finite values, another seed others where anything is drawn. */
    @TestFactory
    Stream<DynamicNode> sources() {
        return RONDO.registry().all(Kind.DATA).stream()
                .filter(each -> !each.plugin().readsFile())
                .map(each -> dynamicTest(each.name(), () -> generates(each.name())));
    }

    private static void generates(String name) {
        Configured<SeriesSource> source = RONDO.source(name);
        Dataset one = Dataset.open(source, SMALL.withSeed(1));
        assertThat(Dataset.open(source, SMALL.withSeed(1)).digest()).isEqualTo(one.digest());
        assertThat(Dataset.open(source, SMALL.withSeed(2)).digest()).isNotEqualTo(one.digest());
        for (float[][] series : one.series().values()) {
            for (float[] row : series) {
                for (float value : row) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    private static Stream<String> examples(Kind<?> kind) {
        return RONDO.registry().all(kind).stream()
                .filter(each -> !each.isPreset())
                .map(each -> each.descriptor().example());
    }
}
