package dev.rondo.verification.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.core.Rondo;
import dev.rondo.core.optim.ScheduleProgram;
import dev.rondo.core.optim.ScheduleProgram.Moment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Schedules against numbers from their formulas; the update is counted from 0. */
class SchedulesTest {
    private final Rondo rondo = Rondo.create();

    /** The factors of the first updates, of a plan of {@code planned}. */
    private double[] factors(String spec, int updates, int planned) {
        ScheduleProgram program =
                ScheduleProgram.create(rondo.kernels(), rondo.specs().schedule(spec));
        double[] factors = new double[updates];
        for (int t = 0; t < updates; t++) {
            Moment moment = new Moment(t, planned, (double) t / planned, Double.NaN, 0);
            factors[t] = program.factor(moment);
            program.advance(moment);
        }
        return factors;
    }

    private double at(String spec, int update, int planned) {
        return factors(spec, update + 1, planned)[update];
    }

    private static void near(double got, double expected) {
        assertThat(got).isCloseTo(expected, within(5e-8));
    }

    @Test
    void stepsAndPowers() {
        assertThat(factors("Constant", 3, 10)).containsOnly(1);
        near(0.1 * at("StepDecay_every=30", 29, 100), 0.1);
        near(0.1 * at("StepDecay_every=30", 30, 100), 0.01);
        near(0.1 * at("Exponential_gamma=.9", 3, 100), 0.0729);
        near(0.1 * at("InverseTime_k=.5", 0, 100), 0.1);
        near(0.1 * at("InverseTime_k=.5", 1, 100), 0.0666667);
        near(0.1 * at("InverseTime_k=.5", 2, 100), 0.05);
    }

    /** η₀ = 0.1 and least rate 0.001 over 100 updates. */
    @Test
    void cosine() {
        Map<Integer, Double> rates =
                Map.of(0, 0.1, 10, 0.0975773, 25, 0.0855018, 50, 0.0505, 75, 0.0154982, 90, 0.0034227, 100, 0.001);
        rates.forEach((t, rate) -> near(0.1 * at("Cosine_floor=.01", t, 100), rate));
    }

    @Test
    void cosineWithRestarts() {
        double[] factors = factors("CosineRestarts_period=10_multiply=2", 31, 100);
        Map<Integer, Double> rates = Map.of(0, 0.1, 5, 0.05, 9, 0.0024472, 10, 0.1, 20, 0.05, 29, 0.0006156, 30, 0.1);
        rates.forEach((t, rate) -> near(0.1 * factors[t], rate));
    }

    @Test
    void warmUps() {
        assertThat(factors("LinearWarmup_steps=4", 6, 100)).containsExactly(0.25, 0.5, 0.75, 1, 1, 1);
        near(at("Noam", 999, 100000) * 1e3, 0.1746928);
        near(at("Noam", 3999, 100000) * 1e3, 0.6987712);
        near(at("Noam", 15999, 100000) * 1e3, 0.3493856);
    }

    @Test
    void cyclic() {
        assertThat(factors("Cyclic_half=2_floor=.2", 9, 100))
                .containsExactly(new double[] {0.2, 0.6, 1, 0.6, 0.2, 0.6, 1, 0.6, 0.2}, within(1e-12));
    }

    /** PyTorch's OneCycleLR with max 1, pct_start 0.3, div_factor 25 and final_div_factor 1e4 over ten steps. */
    @Test
    void oneCycleAsInPytorch() {
        double[] expected = {0.04, 0.52, 1, 0.9504846, 0.8117457, 0.6112620, 0.3887420, 0.1882583, 0.0495194, 0.000004};
        assertThat(factors("OneCycle_form=pytorch_rise=.3_floor=4e-6", 10, 10)).containsExactly(expected, within(5e-8));
    }

    @Test
    void oneCycleInALine() {
        double[] factors = factors("OneCycle", 101, 100);
        near(factors[0], 0.04);
        near(factors[5], 0.52);
        near(factors[10], 1);
        near(factors[55], 0.505);
        near(factors[100], 0.01);
    }

    /** 0.89995 is no progress on 0.9, as it would have to be below 0.89991. */
    @Test
    void reduceOnPlateau() {
        double[] losses = {1, 0.9, 0.9, 0.89995, 0.95, 0.91, 0.8, 0.81, 0.82, 0.83, 0.84};
        double[] expected = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25};
        ScheduleProgram program =
                ScheduleProgram.create(rondo.kernels(), rondo.specs().schedule("ReduceOnPlateau_patience=2"));
        for (int check = 0; check < losses.length; check++) {
            for (int update = 0; update < 3; update++) { // several updates see the same check
                Moment moment = new Moment(3L * check + update, 100, 0, losses[check], check + 1);
                assertThat(program.factor(moment)).isEqualTo(expected[check]);
                program.advance(moment);
            }
        }
        ScheduleProgram other =
                ScheduleProgram.create(rondo.kernels(), rondo.specs().schedule("ReduceOnPlateau_patience=2"));
        other.restore(new HashMap<>(program.state()));
        Moment next = new Moment(33, 100, 0, 0.85, 12);
        assertThat(other.factor(next)).isEqualTo(program.factor(next)).isEqualTo(0.25);
    }
}
