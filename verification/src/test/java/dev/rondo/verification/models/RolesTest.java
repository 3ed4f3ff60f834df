package dev.rondo.verification.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.spi.Role;
import dev.rondo.core.Model;
import dev.rondo.core.ModelSpec;
import dev.rondo.core.Rondo;
import dev.rondo.core.trace.Parameter;
import dev.rondo.core.trace.TracedModel;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What weights are to their layers decides how presets fill them and how some optimisers move them. */
class RolesTest {
    private static final Rondo RONDO = Rondo.create();

    @AfterAll
    static void close() {
        RONDO.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "AntisymmetricRNN_4, U",
        "GatedAntisymmetricRNN_4, U",
        "LipschitzRNN_4, A U",
        "LSTM_4, i.U f.U g.U o.U",
        "FastRNN_4_w-rank=2_u-rank=2, n.U.left n.U.right",
        "Stacked(LSTM_4)_layers=2, 0/i.U 0/f.U 0/g.U 0/o.U 1/i.U 1/f.U 1/g.U 1/o.U",
        "Stacked(AntisymmetricRNN_4)_layers=2, 0/U 1/U",
        "FastSlow(LSTM_4 AntisymmetricRNN_4), fast1/i.U fast1/f.U fast1/g.U fast1/o.U fast2/i.U fast2/f.U fast2/g.U"
                + " fast2/o.U slow/U"
    })
    void matricesThatMultiplyStatesAloneAreRecurrent(String layer, String recurrent) {
        TracedModel model =
                Model.of(RONDO, ModelSpec.of(layer + " Linear_1", 3, 1), 1).traced();
        String got = model.parameters().stream()
                .filter(each -> each.role() == Role.RECURRENT)
                .map(RolesTest::local)
                .collect(Collectors.joining(" "));
        assertThat(List.of(got.split(" "))).containsExactlyInAnyOrder(recurrent.split(" "));
    }

    @Test
    void factorsOfAnInputWeightStayInputs() {
        TracedModel model = Model.of(RONDO, ModelSpec.of("FastRNN_4_w-rank=2_u-rank=2 Linear_1", 3, 1), 1)
                .traced();
        assertThat(model.parameters())
                .filteredOn(each -> local(each).startsWith("n.W."))
                .hasSize(2)
                .allMatch(each -> each.role() == Role.INPUT);
    }

    private static String local(Parameter parameter) {
        return parameter.name().substring(parameter.name().indexOf('/') + 1);
    }
}
