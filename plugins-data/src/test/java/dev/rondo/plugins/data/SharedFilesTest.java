package dev.rondo.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.core.data.Accuracy;
import dev.rondo.core.data.BaselineResult;
import dev.rondo.core.data.Baselines;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Span;
import dev.rondo.core.spec.Configured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Figures computed with numpy from the same files and formulas. */
final class SharedFilesTest {
    @Test
    void mackeyGlassBaselines() {
        Dataset data = Dataset.open(Configured.of((SeriesSource) new MackeyGlass()), DataSetup.standard());
        assertThat(data.training()).isEqualTo(new Span(0, 700));
        assertThat(data.validation()).isEqualTo(new Span(700, 800));
        assertThat(data.test()).isEqualTo(new Span(800, 1000));
        assertThat(data.rows()).isEqualTo(50);
        Map<String, BaselineResult> results = baselines(data);
        assertThat(results.get("persistence").test().mse()).isEqualTo(2.3e-3, within(1e-4));
        assertThat(results.get("extrapolation").test().mse()).isEqualTo(1.8e-4, within(1e-5));
        assertThat(results.get("linear").test().mse()).isLessThan(4e-6);
        assertThat(Baselines.linear(data, 5).test().mse()).isEqualTo(2.8e-5, within(2e-6));
        assertThat(Baselines.linear(data, 30).test().mse()).isLessThan(5e-6);
    }

    @Test
    void minimumTemperatures() {
        Dataset data = open("min-temperatures/daily-min-temperatures.csv");
        assertThat(data.steps()).isEqualTo(3649);
        assertThat(data.test()).isEqualTo(new Span(2919, 3649));
        assertThat(data.series().label(0)).isEqualTo("1981-01-01");
        Map<String, BaselineResult> results = baselines(data);
        assertThat(results.get("persistence").test().rmse()).isEqualTo(2.48, within(.005));
        assertThat(results.get("linear").test().rmse()).isEqualTo(2.21, within(.01));
        assertThat(Baselines.linear(data, 30).test().rmse()).isEqualTo(2.21, within(.01));
    }

    @Test
    void sunspots() {
        Map<String, BaselineResult> results = baselines(open("sunspots/monthly-sunspots.csv"));
        Accuracy persistence = results.get("persistence").test();
        assertThat(persistence.count()).isEqualTo(564);
        assertThat(persistence.rmse()).isEqualTo(20.09, within(.005));
        assertThat(persistence.mae()).isEqualTo(14.84, within(.005));
        assertThat(results.get("linear").test().rmse()).isEqualTo(18.1, within(.05));
    }

    @Test
    void airlinePassengersRepeatEveryYear() {
        BaselineResult seasonal =
                baselines(open("air-passengers/airline-passengers.csv")).get("seasonal");
        assertThat(seasonal.description()).isEqualTo("the value 12 steps before");
    }

    @Test
    void electricityHasSevenColumnsAndPredictsTheLast() {
        Dataset data = open("etth1/ETTh1.csv");
        assertThat(data.series().inputs()).containsExactly("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT");
        assertThat(data.series().targets()).containsExactly("OT");
        assertThat(data.steps()).isEqualTo(17_419);
        assertThat(data.series().label(17_419)).isEqualTo("2018-06-26 19:00:00");
    }

    @Test
    void aColumnWithoutHeader() {
        Dataset data = open("mackey-glass/mackey_glass_t17.txt");
        assertThat(data.series().length()).isEqualTo(10_000);
        assertThat(data.series().values()[0][0][0]).isEqualTo(1.220639965678425032e-01f);
    }

    private static Map<String, BaselineResult> baselines(Dataset data) {
        return Baselines.of(data).stream().collect(Collectors.toMap(BaselineResult::name, Function.identity()));
    }

    private static Dataset open(String file) {
        Path path = Path.of("..", "..", "shared", "data").resolve(file);
        assumeTrue(Files.exists(path), path + " is not there, so its figures are not checked");
        Map<Option<?>, Object> none = Map.of();
        return Dataset.open(new Configured<>(new Csv(), 0, none, List.of(), path.toString()), DataSetup.standard());
    }
}
