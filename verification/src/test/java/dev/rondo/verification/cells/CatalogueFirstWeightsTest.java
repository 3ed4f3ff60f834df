package dev.rondo.verification.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.core.Rondo;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.InitPreset;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the parameters of the catalogue's cells start, and what presets make of that. */
class CatalogueFirstWeightsTest {
    private static final int D = 20;

    private final Rondo rondo = Rondo.create();

    private double[] first(String spec, String name) {
        return first(spec, name, InitPreset.PAPER);
    }

    private double[] first(String spec, String name, InitPreset preset) {
        TracedModel model = new Tracer(Gates.STANDARD, rondo::activation).trace(rondo.layers(spec), D);
        List<Stored> parameters = preset.of(model);
        float[][] values = Initialiser.fill(rondo.kernels(), parameters, 1);
        int at = IntStream.range(0, values.length)
                .filter(i -> parameters.get(i).name().endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        return IntStream.range(0, values[at].length)
                .mapToDouble(i -> values[at][i])
                .toArray();
    }

    private static double deviation(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(x -> x * x).average().orElseThrow());
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    @Test
    void biasesOfGates() {
        assertThat(first("UGRNN_4", "g.b")).containsOnly(1);
        assertThat(first("CFN_4", "theta.b")).containsOnly(1);
        assertThat(first("CFN_4", "eta.b")).containsOnly(-1);
        assertThat(first("RHN_4", "t1.b")).containsOnly(-2);
        assertThat(first("RHN_4_coupled=false", "c1.b")).containsOnly(2);
        assertThat(first("MultiplicativeLSTM_4", "f.b")).containsOnly(1);
        assertThat(first("JANET_4", "f.b")).containsOnly(1);
        assertThat(first("FastGRNN_4", "z.b")).containsOnly(1);
    }

    /** exp(b) is uniform in 1 to 100. */
    @Test
    void chronoBiases() {
        double[] janet = first("JANET_300_t-max=100", "f.b");
        assertThat(boxed(janet)).allSatisfy(b -> assertThat(Math.exp(b)).isBetween(0.999, 100.001));
        assertThat(Arrays.stream(janet).map(Math::exp).average().orElseThrow()).isCloseTo(50.5, within(5.0));
        assertThat(boxed(first("STAR_100_t-max=100", "k.b")))
                .allSatisfy(b -> assertThat(Math.exp(-b)).isBetween(0.999, 100.001));
    }

    @Test
    void weightsThatBeginSmall() {
        assertThat(deviation(first("RIN_50", "h.U"))).isCloseTo(0.001, within(5e-5));
        assertThat(deviation(first("FastRNN_50", "n.W"))).isCloseTo(0.1, within(0.01));
        assertThat(first("FastRNN_50", "alpha")).containsOnly(-3);
        assertThat(first("FastRNN_50", "beta")).containsOnly(3);
        assertThat(first("sLSTM_8_heads=2", "f.U.head1")).containsOnly(0);
        assertThat(largest(first("UnICORNN_50", "c"))).isLessThanOrEqualTo(0.1f);
        assertThat(first("BRC_5", "a.u")).containsOnly(1);
    }

    /** From 5 to −7 across each head, by the power 0.3 in the first block. */
    @Test
    void forgetBiasesOfSlstmFall() {
        double[] b = first("sLSTM_8_heads=2", "f.b");
        for (int j = 0; j < 8; j++) {
            assertThat(b[j]).isCloseTo(5 - 12 * Math.pow(j % 4 / 3.0, 0.3), within(1e-6));
        }
    }

    /** a² is uniform between 0.9² and 0.999², so that eigenvalues fill the ring evenly. */
    @Test
    void ringOfRgLru() {
        double[] squares = Arrays.stream(first("Linear_400 RG-LRU_400", "lambda"))
                .map(lambda -> Math.exp(-2 * Math.log1p(Math.exp(lambda))))
                .toArray();
        assertThat(boxed(squares)).allSatisfy(square -> assertThat(square).isBetween(0.8099, 0.99802));
        assertThat(Arrays.stream(squares).average().orElseThrow()).isCloseTo(0.904, within(0.01));
    }

    @Test
    void ringOfLru() {
        double[] ring = first("LRU_600_r-min=0.5_r-max=0.9", "ring");
        double[] squares = Arrays.stream(ring, 0, 600)
                .map(nu -> Math.exp(-2 * Math.exp(nu)))
                .toArray();
        for (int j = 0; j < 600; j++) {
            assertThat(Math.exp(2 * ring[600 + j])).as("γ²").isCloseTo(1 - squares[j], within(1e-5));
        }
        assertThat(boxed(squares)).allSatisfy(square -> assertThat(square).isBetween(0.2499, 0.8101));
        assertThat(Arrays.stream(squares).average().orElseThrow()).isCloseTo(0.53, within(0.03));
    }

    /** What an update may not leave, the first values do not leave either. */
    @Test
    void indRnnBeginsWithinItsBound() {
        assertThat(boxed(first("IndRNN_500_recurrent-clip=0.5", "u")))
                .allSatisfy(u -> assertThat(u).isBetween(0.0, 0.5));
    }

    @Test
    void torchFillsWeightsAndBiasesByTheNumberOfUnits() {
        for (String name : List.of("f.W", "f.U", "f.b", "g.W")) {
            double[] values = first("LSTM_50", name, InitPreset.TORCH);
            assertThat(largest(values)).as(name).isBetween(0.8 / Math.sqrt(50), 1 / Math.sqrt(50));
        }
        assertThat(largest(first("Linear_5", "out.b", InitPreset.TORCH))).isLessThanOrEqualTo(1 / Math.sqrt(D));
        assertThat(largest(first("Linear_50", "out.W", InitPreset.TORCH)))
                .isBetween(0.9 / Math.sqrt(D), 1 / Math.sqrt(D));
        assertThat(largest(first("LSTM_400_proj=10", "proj.U", InitPreset.TORCH)))
                .as("of an LSTM with a projection, PyTorch takes the hidden size for all")
                .isBetween(0.9 / 20, 1.0 / 20);
        for (String name : List.of("conv.W", "conv.W2", "conv.b")) {
            assertThat(largest(first("CausalConv1d_60_kernel-size=3", name, InitPreset.TORCH)))
                    .as("%s, each output sees 3 inputs of %s features", name, D)
                    .isBetween(0.9 / Math.sqrt(3 * D), 1 / Math.sqrt(3 * D));
        }
        assertThat(boxed(first("PhasedLSTM_50_period-min=5_period-max=10", "period", InitPreset.TORCH)))
                .allSatisfy(period -> assertThat(period).isBetween(4.999, 10.001));
    }

    @Test
    void kerasTakesThePlaceOfThePapersWeightsAlone() {
        double[] u = first("RIN_4", "h.U", InitPreset.KERAS);
        for (int row = 0; row < 4; row++) {
            double length = 0;
            for (int column = 0; column < 4; column++) {
                length += u[4 * row + column] * u[4 * row + column];
            }
            assertThat(length).isCloseTo(1, within(1e-5));
        }
        assertThat(largest(first("RIN_30", "h.W", InitPreset.KERAS)))
                .isBetween(0.9 * Math.sqrt(6.0 / 50), Math.sqrt(6.0 / 50));
        assertThat(first("LSTM_4", "f.b", InitPreset.KERAS)).containsOnly(1);
        assertThat(Stream.of("f.W", "f.U", "f.b").map(name -> first("LSTM_4", name, InitPreset.KERAS)))
                .usingRecursiveComparison()
                .isEqualTo(Stream.of("f.W", "f.U", "f.b")
                        .map(name -> first("LSTM_4", name, InitPreset.PAPER))
                        .toList());
    }
}
