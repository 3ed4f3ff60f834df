package dev.rondo.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** The dates that follow known ones at regular distances, written as those are. */
final class DatesAhead {
    /** One gap in so many may be another: calendars without leap days and lost rows are no reason to forget the dates. */
    private static final int GAPS_PER_OTHER = 100;

    private static final List<DateTimeFormatter> FORMS = forms();

    private DatesAhead() {}

    private static List<DateTimeFormatter> forms() {
        List<DateTimeFormatter> forms = new ArrayList<>();
        for (String date : List.of("uuuu", "uuuu-MM", "uuuu/MM", "uuuu-MM-dd", "uuuu/MM/dd", "uuuu-M-d", "uuuu/M/d")) {
            for (String time : List.of("", " HH:mm", " HH:mm:ss", "'T'HH:mm", "'T'HH:mm:ss", "'T'HH:mm:ss.SSS")) {
                for (String zone : List.of("", "'Z'")) {
                    forms.add(new DateTimeFormatterBuilder()
                            .appendPattern(date + time + zone)
                            .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
                            .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
                            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                            .toFormatter(Locale.ROOT)
                            .withResolverStyle(ResolverStyle.STRICT));
                }
            }
        }
        return List.copyOf(forms);
    }

    /** The names of the {@code steps} that follow those of {@code known}; empty where these are no dates or not regular. */
    static List<String> after(List<String> known, int steps) {
        if (known.size() < 2) {
            return List.of();
        }
        for (DateTimeFormatter form : FORMS) {
            Optional<List<LocalDateTime>> dates = read(known, form);
            if (dates.isPresent()) {
                return follow(dates.get())
                        .map(date -> LongStream.rangeClosed(1, steps)
                                .mapToObj(step -> form.format(date.apply(step)))
                                .toList())
                        .orElse(List.of());
            }
        }
        return List.of();
    }

    /** The dates, if all of them are written in this form. */
    private static Optional<List<LocalDateTime>> read(List<String> known, DateTimeFormatter form) {
        List<LocalDateTime> dates = new ArrayList<>(known.size());
        try {
            for (String each : known) {
                LocalDateTime date = LocalDateTime.parse(each, form);
                if (!form.format(date).equals(each)) {
                    return Optional.empty();
                }
                dates.add(date);
            }
        } catch (DateTimeException otherForm) {
            return Optional.empty(); // another form is tried, and a name that is no date remains what it is
        }
        return Optional.of(dates);
    }

    /** The date so many steps behind the last: by months where all are whole months apart, else by time. */
    private static Optional<LongFunction<LocalDateTime>> follow(List<LocalDateTime> dates) {
        LocalDateTime first = dates.get(0);
        int last = dates.size() - 1;
        long months = ChronoUnit.MONTHS.between(first, dates.get(1));
        boolean byMonth = months > 0
                && LongStream.rangeClosed(1, last)
                        .allMatch(i -> first.plusMonths(months * i).equals(dates.get((int) i)));
        if (byMonth) {
            return Optional.of(step -> first.plusMonths(months * (last + step)));
        }
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            gaps.add(Duration.between(dates.get(i - 1), dates.get(i)));
        }
        Duration usual = gaps.stream().sorted().toList().get(gaps.size() / 2);
        long others = gaps.stream().filter(each -> !each.equals(usual)).count();
        return usual.isZero() || others * GAPS_PER_OTHER > gaps.size()
                ? Optional.empty()
                : Optional.of(step -> dates.get(last).plus(usual.multipliedBy(step)));
    }
}
