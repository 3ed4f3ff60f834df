package dev.rondo.cli;

import dev.rondo.api.device.DeviceException;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Series;
import dev.rondo.api.spi.UsageException;
import dev.rondo.cli.chart.Picture;
import dev.rondo.core.Model;
import dev.rondo.core.data.DataSetup;
import dev.rondo.core.data.Sources;
import dev.rondo.core.files.AtomicFile;
import dev.rondo.core.files.Json;
import dev.rondo.core.files.ModelFile;
import dev.rondo.core.files.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rondo predict}: what a trained model says about the time behind the end of a series. */
@Command(
        name = "predict",
        description = "Forecasts several steps behind the end of a series, each output fed back as the next input.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PredictCommand implements Runnable {
    @ParentCommand
    private Main main;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, or the folder of a run.")
    private Path model;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description = "A CSV file or the spec of a source; what the run was trained on if it is left out.")
    private @Nullable String data;

    @Option(names = "--steps", defaultValue = "50", description = "How many steps (${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--out", paramLabel = "CSV", description = "Write into this file instead of printing.")
    private @Nullable Path file;

    @Option(names = "--picture", paramLabel = "PNG", description = "Also draw the forecast into this file.")
    private @Nullable Path picture;

    @Option(names = "--force", description = "Use the model even if a plugin's equations have changed since.")
    private boolean force;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--json", description = "Print one line of JSON instead of CSV.")
    private boolean json;

    @Override
    public void run() {
        Count.require("--steps", steps);
        engine.apply();
        NewFile.require(file);
        NewFile.require(picture);
        requireModel();
        Series series = series();
        Path weights = Files.isDirectory(model) ? model.resolve("model.safetensors") : model;
        Model loaded = force ? Model.loadByForce(main.rondo(), weights) : Model.load(main.rondo(), weights);
        Ahead ahead = ahead(loaded, series);
        Sketch.print(ahead.chart(), main.err());
        write(ahead);
    }

    private Ahead ahead(Model loaded, Series series) {
        try {
            return Ahead.of(loaded, series, steps);
        } catch (DeviceException e) {
            throw new DeviceException(e.getMessage() + "\n  --device cpu forecasts without the device");
        }
    }

    /** Says so before the data are asked for, which are of no use to what is no model. */
    private void requireModel() {
        if (!Files.exists(model)) {
            throw new DataException("there is no file " + model + "; a model file or the folder of a run is needed");
        }
        if (!Files.isDirectory(model)) {
            ModelFile.read(model);
        }
    }

    private void write(Ahead ahead) {
        try {
            if (file != null) {
                Files.writeString(file, ahead.csv());
                main.err().println("forecast: " + file);
            }
            if (json) {
                main.out().println(Json.line(ahead.asMap()));
            } else if (file == null) {
                main.out().print(ahead.csv());
            }
            if (picture != null) {
                Picture.write(ahead.chart(), Report.WIDTH, Report.HEIGHT, picture);
                main.err().println("picture: " + picture);
            }
        } catch (IOException e) {
            throw new DataException("cannot write the forecast: " + AtomicFile.reason(e), e);
        }
    }

    private Series series() {
        if (data != null) {
            boolean plainFile = new File(data).isFile(); // no Path, which would not bear the colon of a spec on Windows
            if (!plainFile && data.indexOf(':') < 0 && data.indexOf('.') >= 0) {
                throw new DataException("there is no file " + data);
            }
            return Sources.open(
                    main.rondo().source(plainFile ? "csv:" + quoted(data) : data),
                    DataSetup.standard(),
                    main.err()::println);
        }
        if (!Files.isDirectory(model)) {
            throw new UsageException(
                    "name the series to go on from: a CSV file or the spec of a source behind the model");
        }
        TrainOptions options = TrainOptions.recorded(RunDirectory.open(model));
        return Sources.open(main.rondo().source(options.data()), options.dataSetup());
    }

    private static String quoted(String path) {
        char quote = path.indexOf('\'') < 0 ? '\'' : '"';
        return quote + path + quote;
    }
}
