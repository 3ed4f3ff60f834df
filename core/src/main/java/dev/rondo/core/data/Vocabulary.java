package dev.rondo.core.data;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the classes of series to the numbers that a model knows them by. */
public final class Vocabulary {
    private Vocabulary() {}

    /**
     * The same series with the numbers of {@code classes}, for each of its columns that has classes or should have.
     *
     * @throws DataException if there is a class that the model does not know, or numbers stand where classes should
     */
    public static Series recode(Series series, Map<String, List<String>> classes) {
        Series recoded = series;
        for (String column : series.columns()) {
            List<String> known = classes.getOrDefault(column, List.of());
            List<String> own = series.classes().getOrDefault(column, List.of());
            if (known.isEmpty() != own.isEmpty()) {
                throw new DataException("the model reads '" + column + "' as "
                        + (known.isEmpty()
                                ? "numbers, the series has classes there"
                                : "classes, the series has numbers there"));
            }
            if (!known.equals(own)) {
                recoded = recode(recoded, column, known, own);
            }
        }
        return recoded;
    }

    private static Series recode(Series series, String column, List<String> known, List<String> own) {
        int at = series.columns().indexOf(column);
        float[][][] values = new float[series.count()][series.length()][];
        for (int i = 0; i < values.length; i++) {
            for (int t = 0; t < series.length(); t++) {
                values[i][t] = series.values()[i][t].clone();
                String name = own.get((int) values[i][t][at]);
                int number = known.indexOf(name);
                if (number < 0) {
                    throw new DataException("step " + series.label(t) + " has the " + column + " '" + name
                            + "', which is none of the " + known.size() + " that the model has learnt from");
                }
                values[i][t][at] = number;
            }
        }
        Map<String, List<String>> classes = new LinkedHashMap<>(series.classes());
        classes.put(column, known);
        return new Series(
                series.columns(),
                series.inputs(),
                series.targets(),
                values,
                series.times(),
                series.labels(),
                classes,
                series.ahead(),
                series.episode(),
                series.scored());
    }
}
