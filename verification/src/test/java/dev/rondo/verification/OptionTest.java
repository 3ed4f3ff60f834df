package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.Option;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bounds of options: what is accepted, and how they are told. */
class OptionTest {
    private static final Option<Double> ANY = Option.real("p", 0.25);

    @Test
    void anOpenBoundIsOutside() {
        Option<Double> half = ANY.range(0, 1).below(0.5).doc("Some share.");
        assertThat(half.kind()).isEqualTo("number from 0 to less than 0.5");
        assertThat(half.most()).isEqualTo(Math.nextDown(0.5));
        assertThat(half.parse("0.499")).isEqualTo(0.499);
        assertThatThrownBy(() -> half.parse("0.5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0.5 lies outside of 0 to less than 0.5");
        assertThat(ANY.below(0.5).kind()).isEqualTo("number up to less than 0.5");
    }

    @Test
    void aClosedBoundIsInsideHoweverLarge() {
        Option<Double> large = ANY.range(0, 1e16);
        assertThat(large.kind()).isEqualTo("number from 0 to 1e16");
        assertThat(large.most()).isEqualTo(1e16);
        assertThat(large.parse("1e16")).isEqualTo(1e16);
        assertThat(ANY.range(1e-30, 1e30).kind()).isEqualTo("number from 1e-30 to 1e30");
    }

    @Test
    void theNarrowerBoundCountsInWhateverOrder() {
        for (Option<Double> one : List.of(ANY.range(0, 1).below(1), ANY.below(1).range(0, 1))) {
            assertThat(one.kind()).isEqualTo("number from 0 to less than 1");
            assertThatThrownBy(() -> one.parse("1")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ANY.range(0, 0.5).below(1).parse("0.5")).isEqualTo(0.5);
        assertThat(ANY.below(1).range(0, 0.5).kind()).isEqualTo("number from 0 to 0.5");
    }
}
