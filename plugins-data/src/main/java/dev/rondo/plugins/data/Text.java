package dev.rondo.plugins.data;

import com.google.auto.service.AutoService;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The characters of a text file as one series, each to be predicted from those before it.
 *
 * <p>The classes are the characters that occur in the text as it is read, after small letters and limit, in the order of their Unicode
 * code points; line ends are characters as others are. A model that is saved keeps them. Layers begin with Embedding or OneHot: to any
 * other layer a character is its number.
 */
@AutoService(SeriesSource.class)
public final class Text implements SeriesSource {
    private static final Option<Boolean> LOWER = Option.flag("lower", false).doc("Reads capitals as small letters.");
    private static final Option<Integer> LIMIT = Option.whole("limit", 0)
            .range(0, Integer.MAX_VALUE)
            .doc("Reads only so many characters from the beginning; 0 for all.");

    @Override
    public Descriptor describe() {
        return Descriptor.of("text")
                .summary("The characters of a text file, each predicted from those before it.")
                .standard("Plain text in UTF-8")
                .example("text:shakespeare.txt_lower=true")
                .options(LOWER, LIMIT);
    }

    @Override
    public boolean readsFile() {
        return true;
    }

    @Override
    public Series open(SourceScope s) {
        String whole = PlainText.read(s.path(), "text", "what is needed");
        String text = s.value(LOWER) ? whole.toLowerCase(Locale.ROOT) : whole;
        int limit = s.value(LIMIT);
        int[] characters =
                text.codePoints().limit(limit == 0 ? Long.MAX_VALUE : limit).toArray();
        int[] known = Arrays.stream(characters).sorted().distinct().toArray();
        if (known.length < 2) {
            throw new DataException(
                    s.path() + (characters.length == 0 ? " is empty" : " has one character only, over and over")
                            + "; a text to learn from was expected");
        }
        float[][] series = new float[1][characters.length];
        for (int t = 0; t < characters.length; t++) {
            series[0][t] = Arrays.binarySearch(known, characters[t]);
        }
        List<String> names = Arrays.stream(known).mapToObj(Character::toString).toList();
        return Series.of("character", series).withClasses("character", names);
    }
}
