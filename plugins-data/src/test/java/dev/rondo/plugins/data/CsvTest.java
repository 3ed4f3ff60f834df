package dev.rondo.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Sources;
import dev.rondo.core.spec.Configured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CsvTest {
    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void readsQuotedFieldsNamesRowsByDateAndLeavesTheDateOut() {
        Series series = read("\"Date\",\"Temp\"\r\n\"1981-01-01\",20.7\r\n\"1981-01-02\",\"17.9\"");
        assertThat(series.columns()).containsExactly("Temp");
        assertThat(series.inputs()).containsExactly("Temp");
        assertThat(series.targets()).containsExactly("Temp");
        assertThat(series.labels()).containsExactly("1981-01-01", "1981-01-02");
        assertThat(series.times()).isEmpty();
        assertThat(series.values()).isDeepEqualTo(new float[][][] {{{20.7f}, {17.9f}}});
    }

    @Test
    void theLastColumnOfNumbersIsTheTargetAndAllAreInputs() {
        Series series = read("date,load,place,price\n2020-01,1,here,10\n2020-02,2,there,20\n");
        assertThat(series.inputs()).containsExactly("load", "price");
        assertThat(series.targets()).containsExactly("price");
        assertThat(series.values()[0]).isDeepEqualTo(new float[][] {{1, 10}, {2, 20}});
    }

    @Test
    void columnsCanBeNamedInAnyCaseAndByNumber() {
        Series series = read("a,b,c\n1,2,3\n4,5,6\n", "target=B", "inputs=3,A");
        assertThat(series.inputs()).containsExactly("c", "a");
        assertThat(series.targets()).containsExactly("b");
        assertThat(series.columns()).containsExactly("c", "a", "b");
        assertThat(series.values()[0]).isDeepEqualTo(new float[][] {{3, 1, 2}, {6, 4, 5}});
    }

    @Test
    void findsDelimiterAndHeaderByItself() {
        assertThat(read("x;y\n1;2\n3;4\n").targets()).containsExactly("y");
        assertThat(read("x\ty\n1\t2\n3\t4\n").targets()).containsExactly("y");
        assertThat(read("\uFEFFx,y\n1,2\n3,4\n").inputs()).containsExactly("x", "y");
        Series plain = read("1.220639965678425032e-01\r\n-4.7\r\n.5\r\n\r\n");
        assertThat(plain.columns()).containsExactly("1");
        assertThat(plain.values()[0][2][0]).isEqualTo(.5f);
        assertThat(read("here,1\nthere,2\nhere,3\n").length()).isEqualTo(3);
    }

    @Test
    void timeStampsCountInDaysFromTheFirstOrAsTheyAre() {
        Series dates = read("when,x\n2020-02-28 12:00,1\n2020-02-29T00:00:00,2\n2020-03-01 06:00:00,3\n", "time=when");
        assertThat(dates.times()).containsExactly(0, 0.5, 1.75);
        assertThat(dates.inputs()).containsExactly("x");
        Series numbers = read("t,x\n5,1\n5.5,2\n9,3\n", "time=t");
        assertThat(numbers.times()).containsExactly(5, 5.5, 9);
        assertThat(numbers.inputs()).containsExactly("x");
        assertThat(numbers.labels()).isEmpty();
    }

    @Test
    void unixTimesAreDatesWhereTheyAreCalledSo() {
        String rows = "1577836800,1\n1577840400,2\n1578840400,3\n";
        Series called = read("ts,x\n" + rows);
        assertThat(called.inputs()).containsExactly("x");
        assertThat(called.labels())
                .containsExactly("2020-01-01T00:00:00Z", "2020-01-01T01:00:00Z", "2020-01-12T14:46:40Z");
        assertThat(read("visits,x\n" + rows).inputs()).containsExactly("visits", "x");
        assertThat(read("visits,x\n" + rows, "date=visits").inputs()).containsExactly("x");
        assertThat(read("ts,x\n" + rows, "inputs=ts,x").inputs()).containsExactly("ts", "x");
        assertThat(read("time,x\n1949,1\n1950,2\n").inputs()).containsExactly("time", "x");
    }

    @Test
    void changesThatSinglePrecisionWouldLoseAreRefused() {
        assertThatThrownBy(() -> read("a,x\n1577836800,1\n1577840400,2\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'a': its values lie between 1.5778368E9 and 1.5778404E9, of which single"
                        + " precision loses up to 16.0; subtract 1.5778368E9");
        assertThatThrownBy(() -> read("day,x\n20240227,1\n20240228,2\n20240301,2\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'day'")
                .hasMessageEndingWith("of which single precision loses up to 1.0; where they are dates, say date=day");
        assertThat(read("day,x\n20240227,1\n20240228,2\n", "date=day").labels())
                .containsExactly("20240227", "20240228");
        assertThatThrownBy(() -> read("a,x\n20240227,1\n20240231,2\n")).hasMessageContaining("subtract 2.0240227E7");
        // exact, however few the steps of single precision between them
        assertThat(read("a,x\n16777216,1\n16777220,2\n").inputs()).containsExactly("a", "x");
        assertThat(read("a,x\n1577836800,1\n1577836800,2\n").inputs()).containsExactly("a", "x");
    }

    @Test
    void missingValuesAreFilledOnRequest() {
        String text = "x,y\n1,1\n,2\n?,3\n7,NaN\n";
        assertThat(column(read(text, "missing=previous"), 0)).containsExactly(1, 1, 1, 7);
        assertThat(column(read(text, "missing=interpolate"), 0)).containsExactly(1, 3, 5, 7);
        assertThat(column(read(text, "missing=interpolate"), 1)).containsExactly(1, 2, 3, 3);
        assertThat(column(read(text + "8,9\n", "missing=drop"), 1)).containsExactly(1, 9);
        assertThat(column(read(text, "missing=drop", "target=x", "inputs=x"), 0))
                .containsExactly(1, 7);
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of("", "FILE is empty; a header and rows of numbers were expected"),
                List.of(
                        "a,b\n",
                        "FILE has a header, but no row of values; a series needs at least two, and some dozens to be learnt from"),
                List.of(
                        "a,b\n1,2\n",
                        "FILE has one row of values; a series needs at least two, and some dozens to be learnt from"),
                List.of(
                        "a,b\n1,2\n3\n",
                        "FILE, line 3: 1 field, but line 1 has 2; every row needs the same number, and a field that holds a ',' needs quotes"),
                List.of(
                        "a,b\n1,2\n3,4,5\n",
                        "FILE, line 3: 3 fields, but line 1 has 2; every row needs the same number, and a field that holds a ',' needs quotes"),
                List.of(
                        "a\n1\ntwo\n3\n4\n",
                        "FILE, line 3, column 'a': 'two' is no number; correct it, or empty the field and say missing=previous, missing=interpolate or missing=drop"),
                List.of(
                        "a;b\n1;2\n1;2\n3;4,5\n",
                        "FILE, line 4, column 'b': '4,5' is no number; write a decimal point instead of the comma"),
                List.of(
                        "a\n1\nNaN\n3\nNA\n",
                        "FILE, line 3, column 'a': 'NaN' stands for a missing value; fill it in, or say missing=previous, missing=interpolate or missing=drop (and 1 more field)"),
                List.of(
                        "a,b\n1,2\n,4\n",
                        "FILE, line 3, column 'a': the value is missing; fill it in, or say missing=previous, missing=interpolate or missing=drop"),
                List.of(
                        "a\n1\n1e40\n",
                        "FILE, line 3, column 'a': '1e40' is too large for a number of single precision"),
                List.of("a\n1\ninf\n", "FILE, line 3, column 'a': 'inf' is too large for a number of single precision"),
                List.of(
                        "a,b\nx,y\nz,w\n",
                        "FILE has no column of numbers among a, b; numbers are written as in 1234.5 or 1.2e3"),
                List.of(
                        "a,b,a\n1,2,3\n4,5,6\n",
                        "FILE, line 1: columns 1 and 3 are both called 'a'; rename one of them"),
                List.of(
                        "a,7\n1,2\n4,5\n",
                        "FILE, line 1: text and numbers stand side by side (a, 7); say header=yes if these are the names of the columns, header=no if they are values"),
                List.of(
                        "d,x\n2020-01-02,1\n2020-01-01,2\n",
                        "FILE, line 3, column 'd': 2020-01-01 lies before 2020-01-02 in the row above; sort the rows by time, earliest first"),
                List.of(
                        "t,x\n2,1\n1,2\n",
                        "FILE, line 3, column 't': 1 lies before 2 in the row above; sort the rows by time, earliest first",
                        "time=t"),
                List.of(
                        "t,x\n2,1\n,2\n",
                        "FILE, line 3, column 't': '' is no number, but time=t needs a time stamp in every row",
                        "time=t"),
                List.of(
                        "x\n?\n2\n",
                        "FILE, line 2, column 'x': the first value is missing, so missing=previous has none to take; missing=drop or missing=interpolate would do",
                        "missing=previous",
                        "target=x",
                        "header=yes"),
                List.of("a,b\n1,2\n3,4\n", "target=price: FILE has no such column (it has a, b)", "target=price"),
                List.of(
                        "Temp,Wind\n1,2\n3,4\n",
                        "inputs=Tmp: FILE has no such column; did you mean 'Temp'? (it has Temp, Wind)",
                        "inputs=Tmp"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreNamedWithLineAndColumn(List<String> mistake) {
        String[] options = mistake.subList(2, mistake.size()).toArray(String[]::new);
        assertThatThrownBy(() -> read(mistake.get(0), options))
                .isInstanceOfAny(DataException.class, UsageException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo(mistake.get(1)
                        .replace("FILE", folder.resolve("file.csv").toString()));
    }

    @Test
    void aMissingFileIsComparedWithItsNeighbours() throws IOException {
        Files.writeString(folder.resolve("sunspots.csv"), "x\n1\n2\n");
        String path = folder.resolve("sunspot.csv").toString();
        assertThatThrownBy(() -> open(path, Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessage("there is no file " + path + "; did you mean 'sunspots.csv'?");
        assertThatThrownBy(() -> open(folder.toString(), Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("is a folder; the path of a CSV file was expected");
        assertThatThrownBy(() -> open("", Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("csv needs a file: csv:PATH");
    }

    @Test
    void otherEncodingsAndOpenQuotesAreNamed() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, new byte[] {'x', '\n', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> open(file.toString(), Map.of()))
                .hasMessage(file + " is not UTF-8 text; save it as UTF-8");
        assertThatThrownBy(() -> read("a,b\n1,2\n\"3,4\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at or after line 3: ")
                .hasMessageEndingWith("; look for a quote that is not closed");
    }

    @Test
    void saysWhichColumnsAreUsedForNothing() {
        read("date,load,place,price,until,note\n2020-01,1,here,10,2021-01,\n2020-02,2,there,20,2021-02,\n");
        assertThat(notices)
                .containsExactly(
                        "left out: place ('here' is no number), until ('2021-01' is a date), note (it holds no value)");
        notices.clear();
        read("date,load,place\n2020-01,1,here\n2020-02,2,there\n", "inputs=load");
        read("date,load\n2020-01,1\n2020-02,2\n");
        assertThat(notices).as("nothing, or as it was asked for").isEmpty();
        read("x,a,b,c,d,e,f,g\n1,t,t,t,t,t,t,t\n2,t,t,t,t,t,t,t\n");
        assertThat(notices).singleElement().asString().endsWith("e ('t' is no number) and 2 more");
    }

    @Test
    void aColumnOfNumbersWrittenForPeopleIsNotLeftOut() {
        assertThatThrownBy(() -> read("day;load;wert\n01.02.2024;1;20,64\n02.02.2024;2;\n03.02.2024;3;21\n"))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith(
                        "file.csv, line 2, column 'wert': '20,64' is no number; write numbers with a decimal"
                                + " point and nothing between thousands, as in 1234.5, or name the columns to read by"
                                + " inputs=COLUMNS");
        assertThatThrownBy(() -> read("load;sum\n1;1'000'000\n2;1'000\n")).isInstanceOf(DataException.class);
        assertThat(read("day;load;wert\n01.02.2024;1;20,64\n02.02.2024;2;21,5\n", "inputs=load")
                        .columns())
                .containsExactly("load");
    }

    private Series read(String text, String... options) {
        Path file = folder.resolve("file.csv");
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        Map<String, Option<?>> known =
                new Csv().describe().options().stream().collect(Collectors.toMap(Option::key, each -> each));
        Map<Option<?>, Object> values = new HashMap<>();
        for (String each : options) {
            Option<?> option = known.get(each.substring(0, each.indexOf('=')));
            values.put(option, option.parse(each.substring(each.indexOf('=') + 1)));
        }
        return open(file.toString(), values);
    }

    private Series open(String path, Map<Option<?>, Object> options) {
        SeriesSource csv = new Csv();
        return Sources.open(new Configured<>(csv, 0, options, List.of(), path), DataSetup.standard(), notices::add);
    }

    private static float[] column(Series series, int column) {
        float[] values = new float[series.length()];
        for (int t = 0; t < values.length; t++) {
            values[t] = series.values()[0][t][column];
        }
        return values;
    }
}
