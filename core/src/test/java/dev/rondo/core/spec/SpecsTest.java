package dev.rondo.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.Optimizer;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.spec.SamplePlugins.Form;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {
    private final Specs specs = new Specs(SamplePlugins.registry());

    @Test
    void readsSizesOptionsAndWrappedSpecs() {
        List<Configured<?>> layers = specs.layers("LSTM_50_forget-bias=.5  Zoneout(GRU_32)_p=.1\ttanh");
        assertThat(layers).extracting(Configured::name).containsExactly("LSTM", "Zoneout", "tanh");
        assertThat(layers.get(0).size()).isEqualTo(50);
        assertThat(layers.get(0).value(SamplePlugins.FORGET_BIAS)).isEqualTo(0.5);
        assertThat(layers.get(0).value(SamplePlugins.PEEPHOLE)).isFalse();
        assertThat(layers.get(1).size()).isZero();
        assertThat(layers.get(1).value(SamplePlugins.P)).isEqualTo(0.1);
        assertThat(layers.get(1).wrapped()).hasSize(1);
        assertThat(layers.get(1).wrapped().get(0).size()).isEqualTo(32);
    }

    @Test
    void prefersTheLongestName() {
        assertThat(specs.optimizer("Adam_HD").name()).isEqualTo("Adam_HD");
        assertThat(specs.optimizer("adam_hd_lr=.1").name()).isEqualTo("Adam_HD");
        assertThat(specs.activation("isru_TANH_alpha=3").value(SamplePlugins.ALPHA))
                .isEqualTo(3);
    }

    @Test
    void readsSizesBehindParentheses() {
        Configured<?> stack = specs.layers("Stack(GRU_3 tanh)_8").get(0);
        assertThat(stack.size()).isEqualTo(8);
        assertThat(stack.wrapped()).hasSize(2);
    }

    @Test
    void readsValuesOfEveryKind() {
        Configured<?> sru = specs.layers("SRU_5_FORM=V1_activation=Bipolar(isru_tanh_alpha=2)_note='a (b_p=1'")
                .get(0);
        assertThat(sru.value(SamplePlugins.FORM)).isEqualTo(Form.V1);
        assertThat(sru.value(SamplePlugins.ACTIVATION)).isEqualTo("Bipolar(ISRU_tanh_alpha=2)");
        assertThat(sru.value(SamplePlugins.NOTE)).isEqualTo("a (b_p=1");
        assertThat(specs.layers("SRU_5_note=under_scores").get(0).value(SamplePlugins.NOTE))
                .isEqualTo("under_scores");
    }

    @Test
    void givesOptimisersWithALearningRateTheOption() {
        Configured<Optimizer> adam = specs.optimizer("Adam_lr=0.03");
        assertThat(adam.value(LearningRate.option(adam.plugin().describe()).orElseThrow()))
                .isEqualTo(0.03);
        assertThat(LearningRate.option(specs.optimizer("COCOB").plugin().describe()))
                .isEmpty();
    }

    @Test
    void keepsOnlyWhatDiffersFromTheDefault() {
        assertThat(specs.layers("Dropout_p=.5").get(0).options()).isEmpty();
    }

    @Test
    void readsPresetsAsTheirPluginWithTheirOptions() {
        Specs conv = new Specs(SamplePlugins.withPreset());
        assertThat(Specs.print(conv.layers("wideconv_8"))).isEqualTo("Conv_8_kernel-size=9_dilation=2");
        assertThat(Specs.print(conv.layers("WideConv_8_kernel-size=5_dilation=1")))
                .isEqualTo("Conv_8_kernel-size=5");
        assertThatThrownBy(() -> conv.layers("WideConv")).hasMessageContaining("WideConv needs a size");
    }

    @Test
    void foldsCaseWhateverTheLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr")); // its I has no dot and its i keeps it
        try {
            assertThat(specs.layers("BIDIRECTIONAL(lstm_3)").get(0).name()).isEqualTo("Bidirectional");
            assertThat(specs.layers("causalconv1d_3_DILATION=2").get(0).value(SamplePlugins.DILATION))
                    .isEqualTo(2);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void givesASizeToWhatNeedsOneWhereverItStands() {
        assertThat(specs.sized("LSTM", 7)).isEqualTo("LSTM_7");
        assertThat(specs.sized("LSTM_50_forget-bias=.5  Zoneout(GRU)_p=.1\ttanh gru_note='LSTM'", 7))
                .isEqualTo("LSTM_50_forget-bias=.5  Zoneout(GRU_7)_p=.1\ttanh gru_7_note='LSTM'");
        assertThat(specs.sized("Zoneout(Zoneout(SRU_form=v1))", 7)).isEqualTo("Zoneout(Zoneout(SRU_7_form=v1))");
        assertThat(specs.sized("Stack(GRU LSTM_3 tanh)", 7))
                .isIn("Stack(GRU_7 LSTM_3 tanh)", "Stack(GRU_7 LSTM_3 tanh)_7");
        assertThat(specs.sized("Nothing(GRU", 7)).as("is refused elsewhere").isEqualTo("Nothing(GRU");
    }

    @Test
    void readsPaths() {
        Configured<SeriesSource> csv = specs.source("CSV:/my data/two_2_x.csv_note=it_is_alpha=3");
        assertThat(csv.argument()).isEqualTo("/my data/two_2_x.csv");
        assertThat(csv.value(SamplePlugins.NOTE)).isEqualTo("it_is");
        assertThat(csv.value(SamplePlugins.ALPHA)).isEqualTo(3);
        assertThat(specs.source(csv.spec())).isEqualTo(csv);
        assertThat(specs.source("csv:'a_note=1 (b.csv'_note=2").argument()).isEqualTo("a_note=1 (b.csv");
        assertThat(specs.source("csv:C:\\a.csv").argument()).isEqualTo("C:\\a.csv");
        assertThat(specs.source("sine_1_alpha=2").name()).isEqualTo("sine_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LSTM_50",
                "LSTM_50_forget-bias=-0.5_peephole=true Dropout_p=1e-4",
                "Bidirectional(Zoneout(GRU_32)_p=0.1) Stack(GRU_3 tanh)_8",
                "SRU_5_form=v1_activation='Bipolar(ISRU_tanh_alpha=2)'_note='a b'",
                "SRU_5_note=\"it's\"",
                "SRU_5_note='x_p=1'"
            })
    void printsWhatItReads(String spec) {
        List<Configured<?>> layers = specs.layers(spec);
        assertThat(Specs.print(layers)).isEqualTo(spec);
        assertThat(specs.layers(Specs.print(layers))).isEqualTo(layers);
    }
}
