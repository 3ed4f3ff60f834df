package dev.rondo.core.data;

import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Settings;
import java.util.function.Consumer;

/** Opens sources of series. */
public final class Sources {
    private Sources() {}

    /** The series that {@code source} makes or reads; one value more than there are to predict. */
    public static Series open(Configured<SeriesSource> source, DataSetup setup) {
        return open(source, setup, sentence -> {});
    }

    /** Likewise, handing on what the source has to say about them. */
    public static Series open(Configured<SeriesSource> source, DataSetup setup, Consumer<String> notices) {
        boolean readsFile = source.plugin().readsFile();
        String name = source.name();
        if (readsFile && source.argument().isEmpty()) {
            throw new UsageException(name + " needs a file: " + name + ":PATH");
        }
        if (!readsFile && !source.argument().isEmpty()) {
            throw new UsageException(
                    name + " reads no file, so ':" + source.argument() + "' means nothing: write " + name + " alone");
        }
        return source.plugin().open(new Scope(source, setup, notices));
    }

    private record Scope(Configured<SeriesSource> use, DataSetup setup, Consumer<String> notices)
            implements Settings, SourceScope {
        @Override
        public String path() {
            return use.argument();
        }

        @Override
        public int series() {
            return setup.series();
        }

        @Override
        public int length() {
            return setup.length() + 1;
        }

        @Override
        public RandomStream random(int i) {
            return SeededStream.of(setup.seed(), i);
        }

        @Override
        public void notice(String sentence) {
            notices.accept(sentence);
        }
    }
}
