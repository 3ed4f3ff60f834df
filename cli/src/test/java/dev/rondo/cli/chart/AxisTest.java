package dev.rondo.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void choosesRoundNumbers() {
        assertThat(new Axis(-0.93, 0.61, 0, 100, false, 4).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("-0.5", "0.0", "0.5");
        assertThat(new Axis(0, 997, 0, 100, false, 5).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0", "200", "400", "600", "800");
    }

    @Test
    void writesAllPowersOfTenAlike() {
        assertThat(new Axis(2e-6, 0.3, 0, 100, true, 6).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("1e-5", "1e-4", "1e-3", "1e-2", "1e-1");
        assertThat(new Axis(0.002, 0.06, 0, 100, true, 6).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0.002", "0.005", "0.01", "0.02", "0.05");
    }

    @Test
    void survivesAValueThatNeverChanges() {
        Axis axis = new Axis(3, 3, 0, 100, false, 4);
        assertThat(axis.at(3)).isEqualTo(50);
        assertThat(axis.ticks()).isNotEmpty();
    }
}
