package dev.rondo.verification.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.api.spi.Series;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Scaling;
import dev.rondo.core.optim.AdaptiveClip;
import dev.rondo.core.trace.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The units of real layers, as equation (3) of arXiv 2102.06171 limits them: ‖g‖ at most λ max(‖w‖, 0.001). */
final class AdaptiveClippingTest {
    private static final Rondo RONDO = Rondo.create();
    private static final double RATIO = 0.01;

    @Test
    void everyGateIsLimitedUnitByUnit() {
        List<String> left = untouched(Model.of(RONDO, ModelSpec.of("LSTM_3 Linear_2", 4, 2), 1));
        assertThat(left).containsExactly("2.Linear/out.W", "2.Linear/out.b");
    }

    @Test
    void aLastLayerThatIsRecurrentIsLimitedInBothDirections() {
        assertThat(untouched(Model.of(RONDO, ModelSpec.of("Bidirectional(GRU_2)_merge=sum", 3, 2), 1)))
                .isEmpty();
    }

    @Test
    void everyRowOfAnEmbeddingIsLimitedByItself() {
        float[][] text = new float[1][61];
        for (int t = 0; t < 61; t++) {
            text[0][t] = t % 3;
        }
        Dataset letters = Dataset.of(
                Series.of("letter", text).withClasses("letter", List.of("a", "b", "c")),
                DataSetup.standard().withScaling(Scaling.STANDARD));
        Model model = Model.of(RONDO, ModelSpec.of("Embedding_5 IndRNN_4", letters), 1);
        assertThat(untouched(model)).containsExactly("3.Linear/out.W", "3.Linear/out.b");
    }

    /** Clips gradients that are too large everywhere, checks each, and gives the names of those that were left as they were. */
    private static List<String> untouched(Model model) {
        List<Parameter> parameters = model.traced().parameters();
        float[][] weights = model.parameters();
        float[][] gradients = new float[weights.length][];
        Random random = new Random(2);
        for (int i = 0; i < weights.length; i++) {
            gradients[i] = new float[weights[i].length];
            for (int j = 0; j < gradients[i].length; j++) {
                gradients[i][j] = (float) random.nextGaussian();
            }
        }
        float[][] clipped = new float[gradients.length][];
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = gradients[i].clone();
        }
        new AdaptiveClip(model.traced(), RATIO).apply(weights, clipped);
        List<String> untouched = new ArrayList<>();
        for (int i = 0; i < clipped.length; i++) {
            String name = parameters.get(i).name();
            if (Arrays.equals(clipped[i], gradients[i])) {
                untouched.add(name);
                continue;
            }
            boolean matrix = parameters.get(i).sizes().length == 2;
            boolean table = name.endsWith("/table");
            int columns = parameters.get(i).sizes()[parameters.get(i).sizes().length - 1];
            for (int j = 0; j < clipped[i].length; j++) {
                double w = 0;
                double g = 0;
                for (int k = 0; k < clipped[i].length; k++) {
                    boolean same = table ? k / columns == j / columns : k % columns == j % columns;
                    if (!matrix || same) {
                        w += Math.pow(weights[i][k], 2);
                        g += Math.pow(gradients[i][k], 2);
                    }
                }
                double expected = gradients[i][j] * RATIO * Math.max(Math.sqrt(w), 0.001) / Math.sqrt(g);
                assertThat((double) clipped[i][j]).as(name).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
            }
        }
        return untouched;
    }
}
