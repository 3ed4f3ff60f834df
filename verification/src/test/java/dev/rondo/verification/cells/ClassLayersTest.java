package dev.rondo.verification.cells;

import static dev.rondo.verification.SmallCase.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import dev.rondo.plugins.cells.Embedding;
import dev.rondo.plugins.cells.OneHot;
import dev.rondo.verification.SmallCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that read numbers of classes. */
final class ClassLayersTest {
    @Test
    void oneHotIsOneWhereTheNumberSays() {
        double[][] y =
                SmallCase.of(layer(new OneHot(), 0, "vocabulary=3"), 1).run(new double[][] {{2}, {0}, {1}, {3}, {-1}});
        assertThat(y).isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 0}, {0, 0, 0}});
    }

    @Test
    void theVocabularyIsThatOfTheInputWhereItHasClasses() {
        assertThat(traced(layer(new Embedding(), 4), 7).parameterCount()).isEqualTo(28);
        assertThat(traced(layer(new Embedding(), 4, "vocabulary=9"), 7).parameterCount())
                .isEqualTo(36);
        assertThat(traced(layer(new Embedding(), 4), 0).parameterCount()).isEqualTo(1024);
        assertThat(traced(layer(new OneHot(), 0), 7).output().width()).isEqualTo(7);
        assertThatThrownBy(() -> traced(layer(new OneHot(), 0, "vocabulary=6"), 7))
                .isInstanceOf(UsageException.class)
                .hasMessage("OneHot at 1.OneHot: vocabulary is 6, but the input has 7 classes");
        assertThatThrownBy(() -> SmallCase.of(layer(new OneHot(), 0), 2))
                .hasMessage("OneHot at 1.OneHot: needs one input column, a number of the vocabulary; input is 2");
    }

    private static TracedModel traced(Configured<?> layer, int classes) {
        Tracer tracer = new Tracer(Gates.STANDARD, name -> {
            throw new IllegalArgumentException(name);
        });
        return tracer.trace(List.of(layer), List.of(classes), null, 0);
    }
}
