package dev.rondo.verification.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.api.spi.Plugin;
import dev.rondo.core.Rondo;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.trace.Digest;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.Printer;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.Tracer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example cell in Java and in Kotlin, each from a JAR of its own that nothing else has on its class path. */
class TwinCellsTest {
    /** The JAR of an example; {@code mvn verify} builds it before these tests, {@code mvn test} does not. */
    static Path jar(String example) throws IOException {
        Path target =
                Path.of("..", "examples", example, "target").toAbsolutePath().normalize();
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                List<Path> jars = files.filter(each -> each.toString().endsWith(".jar"))
                        .filter(each -> !each.toString().endsWith("-sources.jar"))
                        .filter(each -> !each.toString().endsWith("-javadoc.jar"))
                        .toList();
                if (jars.size() == 1) {
                    return jars.get(0);
                }
            }
        }
        assumeTrue(false, "no JAR in " + target + ": run mvn verify");
        throw new AssertionError("unreachable");
    }

    private static TracedLayer trace(Rondo rondo, String spec) {
        Tracer tracer = new Tracer(Gates.STANDARD, rondo::activation);
        return tracer.trace(rondo.layers(spec), 3).layers().get(0);
    }

    @Test
    void theKotlinJarAloneIsAPlugin() throws IOException {
        Path jar = jar("kotlin-plugin");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, Rondo.class.getClassLoader())) {
            Rondo rondo = Rondo.create(loader);
            assertThat(rondo.registry().failures()).isEmpty();
            Registered<? extends Plugin> cell =
                    rondo.registry().find(Kind.LAYER, "leakyrnn").orElseThrow();
            assertThat(cell.name()).isEqualTo("LeakyRNN");
            assertThat(Path.of(cell.origin().location())).isEqualTo(jar);
            assertThat(cell.origin().version()).isNotEmpty();
        }
    }

    @Test
    void bothHaveTheSameDescriptionAndEquations() throws IOException {
        try (URLClassLoader java = new URLClassLoader(
                        new URL[] {jar("java-plugin").toUri().toURL()}, Rondo.class.getClassLoader());
                URLClassLoader kotlin = new URLClassLoader(
                        new URL[] {jar("kotlin-plugin").toUri().toURL()}, Rondo.class.getClassLoader())) {
            Rondo one = Rondo.create(java);
            Rondo other = Rondo.create(kotlin);
            for (String spec : List.of("LeakyRNN_4", "LeakyRNN_7_keep-bias=2.5")) {
                TracedLayer ofJava = trace(one, spec);
                TracedLayer ofKotlin = trace(other, spec);
                assertThat(Printer.equations(ofKotlin)).isEqualTo(Printer.equations(ofJava));
                assertThat(Digest.of(ofKotlin)).isEqualTo(Digest.of(ofJava));
            }
        }
    }
}
