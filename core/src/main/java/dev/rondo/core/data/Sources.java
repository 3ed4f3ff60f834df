package dev.rondo.core.data;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.RandomStream;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.SeriesSource;
import dev.rondo.api.spi.SourceScope;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.spec.Configured;

/** Opens sources of series. */
public final class Sources {
    private Sources() {}

    /** The series that {@code source} makes or reads; one value more than there are to predict. */
    public static Series open(Configured<SeriesSource> source, DataSetup setup) {
        boolean readsFile = source.plugin().readsFile();
        String name = source.name();
        if (readsFile && source.argument().isEmpty()) {
            throw new UsageException(name + " needs a file: " + name + ":PATH");
        }
        if (!readsFile && !source.argument().isEmpty()) {
            throw new UsageException(
                    name + " reads no file, so ':" + source.argument() + "' means nothing: write " + name + " alone");
        }
        return source.plugin().open(new Scope(source, setup));
    }

    private record Scope(Configured<SeriesSource> source, DataSetup setup) implements SourceScope {
        @Override
        public String path() {
            return source.argument();
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
        public <T> T value(Option<T> option) {
            return source.value(option);
        }

        @Override
        public Expr option(Option<? extends Number> option) {
            return Expr.of(source.value(option).doubleValue());
        }

        @Override
        public void require(boolean condition, String reason) {
            if (!condition) {
                throw new UsageException(source.name() + " " + reason);
            }
        }
    }
}
