package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatesAheadTest {
    @Test
    void goesOnByDaysMonthsYearsAndHours() {
        assertThat(DatesAhead.after(List.of("2024-02-27", "2024-02-28"), 2))
                .containsExactly("2024-02-29", "2024-03-01");
        assertThat(DatesAhead.after(List.of("1949-10", "1949-11"), 2)).containsExactly("1949-12", "1950-01");
        assertThat(DatesAhead.after(List.of("2023-12-31", "2024-01-31", "2024-02-29"), 2))
                .containsExactly("2024-03-31", "2024-04-30");
        assertThat(DatesAhead.after(List.of("1998", "1999"), 1)).containsExactly("2000");
        assertThat(DatesAhead.after(List.of("2024/1/31 22:00", "2024/1/31 23:00"), 1))
                .containsExactly("2024/2/1 00:00");
        assertThat(DatesAhead.after(List.of("2020-01-01T00:00:00Z", "2020-01-08T00:00:00Z"), 1))
                .containsExactly("2020-01-15T00:00:00Z");
    }

    @Test
    void saysNothingOfIrregularDatesAndOtherNames() {
        assertThat(DatesAhead.after(List.of("2024-01-01", "2024-01-02", "2024-01-04"), 1))
                .isEmpty();
        assertThat(DatesAhead.after(List.of("2024-01-01", "2024-01-01"), 1)).isEmpty();
        assertThat(DatesAhead.after(List.of("Monday", "Tuesday"), 1)).isEmpty();
        assertThat(DatesAhead.after(List.of("2024-01-01"), 1)).isEmpty();
        assertThat(DatesAhead.after(List.of(), 1)).isEmpty();
    }

    @Test
    void passesOverALeapDayThatIsLeftOut() {
        List<String> days = new ArrayList<>();
        LocalDate.of(2023, 6, 1)
                .datesUntil(LocalDate.of(2024, 6, 1))
                .filter(day -> day.getMonthValue() != 2 || day.getDayOfMonth() != 29)
                .forEach(day -> days.add(day.toString()));
        assertThat(DatesAhead.after(days, 1)).containsExactly("2024-06-01");
    }
}
