package dev.rondo.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rondo.api.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the texts of spec errors against golden files: kind and spec on the first line, below them the message.
 *
 * <p>{@code -Drondo.golden=write} writes the messages anew, to be read before they are committed.
 */
class SpecErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/specs");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatIsWrong(Path file) throws IOException {
        String text = Files.readString(file);
        String first = text.lines().findFirst().orElseThrow();
        String kind = first.substring(0, first.indexOf('|'));
        String spec = first.substring(first.indexOf('|') + 1);
        UsageException error = catchThrowableOfType(UsageException.class, () -> read(kind, spec));
        assertThat(error).as(spec).isNotNull();
        String actual = first + "\n" + error.getMessage() + "\n";
        if ("write".equals(System.getProperty("rondo.golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(text);
    }

    private static void read(String kind, String spec) {
        Specs specs = new Specs(SamplePlugins.registry());
        switch (kind) {
            case "layers" -> specs.layers(spec);
            case "optimizer" -> specs.optimizer(spec);
            case "activation" -> specs.activation(spec);
            case "data" -> specs.source(spec);
            default -> throw new IllegalArgumentException(kind);
        }
    }
}
