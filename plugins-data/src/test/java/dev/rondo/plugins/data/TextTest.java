package dev.rondo.plugins.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Dataset;
import dev.rondo.core.data.Normalization;
import dev.rondo.core.data.Sources;
import dev.rondo.core.data.Vocabulary;
import dev.rondo.core.spec.Configured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextTest {
    @TempDir
    Path folder;

    private Series read(byte[] bytes, String... options) {
        Path file = folder.resolve("a_b.txt");
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Configured<SeriesSource> text = SystemsTest.configured(new Text(), options);
        return Sources.open(
                new Configured<>(text.plugin(), 0, text.options(), List.of(), file.toString()), DataSetup.standard());
    }

    private Series read(String text, String... options) {
        return read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static String numbers(Series series) {
        StringBuilder text = new StringBuilder();
        for (float[] row : series.values()[0]) {
            text.append((int) row[0]);
        }
        return text.toString();
    }

    @Test
    void charactersAreNumberedInTheOrderOfTheirCodePoints() {
        Series series = read("baß\nB𝄞a");
        assertThat(series.classes()).containsOnlyKeys("character");
        assertThat(series.classes().get("character")).containsExactly("\n", "B", "a", "b", "ß", "𝄞");
        assertThat(numbers(series)).isEqualTo("3240152");
        assertThat(series.inputs()).isEqualTo(series.targets()).containsExactly("character");
        assertThat(series.ahead()).isEqualTo(1);
        assertThat(series.episode()).isZero();
    }

    @Test
    void capitalsMayBeReadAsSmallLettersAndTheEndLeftOut() {
        assertThat(read("abBA", "lower=true").classes().get("character")).containsExactly("a", "b");
        assertThat(numbers(read("abBA", "lower=true"))).isEqualTo("0110");
        Series begun = read("𝄞babx", "limit=3");
        assertThat(begun.length()).isEqualTo(3);
        assertThat(begun.classes().get("character")).containsExactly("a", "b", "𝄞");
    }

    @Test
    void aByteOrderMarkIsNoCharacterAndLineEndsStay() {
        assertThat(read("\uFEFFa\r\n").classes().get("character")).containsExactly("\n", "\r", "a");
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("a_b.txt is empty; a text to learn from was expected");
        assertThatThrownBy(() -> read("aaaa")).hasMessageContaining("has one character only, over and over");
        assertThatThrownBy(() -> read(new byte[] {'a', (byte) 0xff, 'b'}))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("is not UTF-8 text; save it as UTF-8");
        assertThatThrownBy(() -> Sources.open(
                        new Configured<>(new Text(), 0, Map.of(), List.of(), folder.toString()), DataSetup.standard()))
                .hasMessageEndingWith("is a folder; the path of a text file was expected");
        assertThatThrownBy(() ->
                        Sources.open(new Configured<>(new Text(), 0, Map.of(), List.of(), ""), DataSetup.standard()))
                .isInstanceOf(UsageException.class)
                .hasMessage("text needs a file: text:PATH");
    }

    @Test
    void charactersAreNotScaled() {
        Dataset data = Dataset.of(read("abcabcabcabcabcabcabc"), DataSetup.standard());
        assertThat(data.normalization().scale("character")).isEqualTo(new Normalization.Scale("character", 0, 1));
        assertThat(data.classes()).containsExactly(3);
        assertThat(data.suitableStreams()).isEqualTo(1);
    }

    @Test
    void anotherTextIsBroughtToTheNumbersOfTheFirst() {
        Series learnt = read("a quick fox");
        Series other = Vocabulary.recode(read("fix"), learnt.classes());
        assertThat(other.classes()).isEqualTo(learnt.classes());
        List<String> names = learnt.classes().get("character");
        for (int t = 0; t < 3; t++) {
            assertThat(names.get((int) other.values()[0][t][0])).isEqualTo("fix".substring(t, t + 1));
        }
        assertThatThrownBy(() -> Vocabulary.recode(read("fox!"), learnt.classes()))
                .isInstanceOf(DataException.class)
                .hasMessage("step 3 has the character '!', which is none of the 10 that the model has learnt from");
        assertThatThrownBy(() -> Vocabulary.recode(read("fox"), Map.of()))
                .hasMessage("the model reads 'character' as numbers, the series has classes there");
    }
}
