package dev.rondo.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.multibindings.MapBinder;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.ActivationScope;
import dev.rondo.api.spi.Descriptor;
import dev.rondo.api.spi.Layer;
import dev.rondo.api.spi.LayerScope;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs discovery over real JARs, made of the classes below. */
class RegistryTest {
    @TempDir
    Path folder;

    public static final class First implements Layer {
        @Override
        public Descriptor describe() {
            return Descriptor.of("First");
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return x;
        }
    }

    public static final class AlsoFirst implements Activation {
        @Override
        public Descriptor describe() {
            return Descriptor.of("FIRST");
        }

        @Override
        public Expr of(ActivationScope s, Expr x) {
            return x;
        }
    }

    /** A layer with a preset; an application's own, so no JAR announces it. */
    static final class Adjustable implements Layer {
        static final Option<Integer> DEPTH = Option.whole("depth", 1);
        private final String setting;

        Adjustable(String setting) {
            this.setting = setting;
        }

        @Override
        public Descriptor describe() {
            return Descriptor.of("Plain")
                    .summary("One level.")
                    .example("Plain_4")
                    .options(DEPTH)
                    .preset("Deep", deep -> deep.summary("Three levels."), setting);
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return x;
        }
    }

    private static Registered<Layer> adjustable(String setting) {
        Layer layer = new Adjustable(setting);
        return new Registered<>(Kind.LAYER, layer, layer.describe(), Origin.APPLICATION);
    }

    @Test
    void aPresetIsAFurtherNameOfItsPlugin() {
        Registry registry = new Registry(List.of(adjustable("depth=3")), List.of());
        Registered<Layer> deep = registry.find(Kind.LAYER, "deep").orElseThrow();
        assertThat(registry.all()).extracting(Registered::name).containsExactly("Deep", "Plain");
        assertThat(deep.plugin()).isInstanceOf(Adjustable.class);
        assertThat(deep.descriptor().summary()).isEqualTo("Three levels.");
        assertThat(deep.descriptor().example()).isEqualTo("Deep_4");
        assertThat(deep.settings()).isEqualTo(Map.of(Adjustable.DEPTH, 3));
    }

    @Test
    void aPresetThatSetsWhatIsNotThereIsAnError() {
        assertThatThrownBy(() -> new Registry(List.of(adjustable("height=3")), List.of()))
                .hasMessage("the preset Deep sets 'height', which is no option of Plain");
    }

    public static final class Moody implements Layer {
        @Override
        public Descriptor describe() {
            return Descriptor.of("not a name");
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return x;
        }
    }

    public interface Vanished {}

    public static final class Orphan implements Layer, Vanished {
        @Override
        public Descriptor describe() {
            return Descriptor.of("Orphan");
        }

        @Override
        public Expr forward(LayerScope s, Expr x) {
            return x;
        }
    }

    @Test
    void namesVersionAndJar() throws IOException {
        Path jar = jar("first.jar", Layer.class, List.of(First.class.getName()), First.class);
        try (Jars loader = new Jars(jar)) {
            Registered<Layer> first =
                    Registry.of(loader).find(Kind.LAYER, "fIRST").orElseThrow();
            assertThat(first.name()).isEqualTo("First");
            assertThat(first.origin()).isEqualTo(new Origin(jar.toString(), "1.2.3"));
            assertThat(first.origin().file()).isEqualTo("first.jar");
        }
    }

    @Test
    void refusesTwoPluginsOfOneNameAndNamesBothJars() throws IOException {
        Path one = jar("one.jar", Layer.class, List.of(First.class.getName()), First.class);
        Path two = jar("two.jar", Activation.class, List.of(AlsoFirst.class.getName()), AlsoFirst.class);
        try (Jars loader = new Jars(one, two)) {
            assertThatThrownBy(() -> Rondo.create(loader))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("First and FIRST")
                    .hasMessageContaining(one.toString())
                    .hasMessageContaining(two.toString());
        }
    }

    @Test
    void whatCannotBeLoadedDoesNotTakeOthersDown() throws IOException {
        Path absent = jar("absent.jar", Layer.class, List.of("no.such.Plugin"));
        Path garbled = jar("garbled.jar", Layer.class, List.of("not a class name"));
        Path moody = jar("moody.jar", Layer.class, List.of(Moody.class.getName()), Moody.class);
        Path orphan = jar("orphan.jar", Layer.class, List.of(Orphan.class.getName()), Orphan.class);
        Path wrong = jar("wrong.jar", Layer.class, List.of(AlsoFirst.class.getName()), AlsoFirst.class);
        Path right = jar("right.jar", Layer.class, List.of(First.class.getName()), First.class);
        try (Jars loader = new Jars(absent, garbled, moody, orphan, wrong, right)) {
            Registry registry = Rondo.create(loader).registry();
            assertThat(registry.all()).extracting(Registered::name).containsExactly("First");
            assertThat(registry.failures())
                    .extracting(failure -> failure.origin().file())
                    .containsExactlyInAnyOrder("absent.jar", "garbled.jar", "moody.jar", "orphan.jar", "wrong.jar");
            assertThat(registry.failures())
                    .filteredOn(failure -> failure.origin().file().equals("orphan.jar"))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.message())
                            .startsWith(orphan + ": " + Orphan.class.getName() + " could not be loaded: ")
                            .contains("Vanished"));
        }
    }

    @Test
    void applicationsAddPluginsOfTheirOwn() throws IOException {
        try (Jars loader = new Jars()) {
            Rondo rondo = Rondo.create(
                    loader,
                    binder -> MapBinder.newMapBinder(binder, String.class, Layer.class)
                            .addBinding("First")
                            .toInstance(new First()));
            assertThat(rondo.registry().find(Kind.LAYER, "First").orElseThrow().origin())
                    .isEqualTo(Origin.APPLICATION);
            assertThat(rondo.layers("First")).hasSize(1);
        }
    }

    private Path jar(String name, Class<?> service, List<String> plugins, Class<?>... classes) throws IOException {
        Path jar = folder.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
            out.write(String.join("\n", plugins).getBytes(StandardCharsets.UTF_8));
            for (Class<?> each : classes) {
                String path = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(path));
                try (InputStream in = each.getClassLoader().getResourceAsStream(path)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }

    /** Sees the test's own classes only where a JAR holds them, and no services but those of the JARs. */
    private static final class Jars extends URLClassLoader {
        Jars(Path... jars) {
            super(urls(jars), RegistryTest.class.getClassLoader());
        }

        private static URL[] urls(Path[] jars) {
            URL[] urls = new URL[jars.length];
            for (int i = 0; i < jars.length; i++) {
                try {
                    urls[i] = jars[i].toUri().toURL();
                } catch (IOException e) {
                    throw new IllegalArgumentException(e);
                }
            }
            return urls;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(RegistryTest.class.getName())) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public java.util.Enumeration<URL> getResources(String name) throws IOException {
            return findResources(name);
        }
    }
}
