package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.device.LayerUse;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which layers stay on the CPU, and what is said of them. */
final class RecognitionTest {
    private static LayerUse use(String layer, String sigmoid, String tanh) {
        try (Rondo rondo = Rondo.create()) {
            ModelSpec spec = ModelSpec.of(layer, 3, 1).withGates(sigmoid, tanh);
            return Offered.layers(Model.of(rondo, spec, 1).traced()).get(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LSTM_4                                | 1.LSTM: no kernels",
                "Residual(SRU_3)                       | 1.Residual: no kernels for this wrapper",
                "VariationalDropout(SRU_4)             | 1.VariationalDropout: no kernels for this wrapper",
                "Zoneout(QRNN_4)                       | 1.Zoneout: no kernels for this wrapper",
                "SRU_4_n-proj=2                        | 1.SRU: a projected input",
                "SRU_4_activation=ReLU                 | 1.SRU: another activation than identity and tanh",
                "QRNN_4_dense=true                     | 1.QRNN: a dense output",
                "Bidirectional(SRU_4)_merge=sum        | 1.Bidirectional: another merge than concat",
                "Bidirectional(GRU_4)                  | 1.Bidirectional: no kernels for GRU",
                "Bidirectional(QRNN_4_dense=true)      | 1.Bidirectional: a dense output",
            })
    void staysOnTheCpu(String layer, String reason) {
        assertThat(Recognition.obstacle(use(layer, "", ""))).hasValue(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SRU_4",
                "Bidirectional(SRU_4_v1=true)",
                "QRNN_4_window=3_zoneout=0.2",
                "Bidirectional(QRNN_4_window=3_pooling=ifo)",
                "Linear_4",
                "Dropout_p=0.3",
            })
    void goesToTheDevice(String layer) {
        assertThat(Recognition.obstacle(use(layer, "", ""))).isEmpty();
    }

    @Test
    void otherGatesStayOnTheCpu() {
        assertThat(Recognition.obstacle(use("SRU_4", "TernaryTanh", "")))
                .hasValue("1.SRU: other gates than sigmoid and tanh");
        assertThat(Recognition.obstacle(use("QRNN_4", "", "ISRU_tanh")))
                .hasValue("1.QRNN: other gates than sigmoid and tanh");
        assertThat(Recognition.obstacle(use("SRU_4", "", "ISRU_tanh"))).isEmpty();
        assertThat(Recognition.obstacle(use("QRNN_4", "sigmoid", "tanh"))).isEmpty();
    }

    @Test
    void aPluginOfTheSameNameWithOtherParametersStaysOnTheCpu() {
        LayerUse known = use("SRU_4", "", "");
        List<LayerUse.Parameter> more = new ArrayList<>(known.parameters());
        more.add(new LayerUse.Parameter("g.W", 12));
        assertThat(Recognition.obstacle(with(known, more))).hasValue("1.SRU: other parameters than the kernels know");
        assertThat(Recognition.obstacle(with(known, more.subList(1, more.size() - 1))))
                .hasValue("1.SRU: other equations than the kernels': 1.SRU has no parameter u.W");
    }

    private static LayerUse with(LayerUse use, List<LayerUse.Parameter> parameters) {
        return new LayerUse(
                use.path(),
                use.plugin(),
                use.size(),
                use.options(),
                use.wrapped(),
                use.sigmoid(),
                use.tanh(),
                use.inputs(),
                use.outputs(),
                parameters,
                use.states(),
                use.draws());
    }
}
