package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.api.spi.Layer;
import dev.rondo.core.registry.Registry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
    @TempDir
    Path folder;

    /** A plugin that was announced but does not load is told as such, and not as a library besides. */
    @Test
    void onlyJarsThatAnnounceNothingAreWithoutPlugins() throws IOException {
        Path library = jar(folder.resolve("library.jar"), "library.properties", "key=value");
        Path failing = jar(
                folder.resolve("failing.jar"), "META-INF/services/" + Layer.class.getName(), "no.such.plugin.Missing");
        URL[] urls = {library.toUri().toURL(), failing.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, PluginFolderTest.class.getClassLoader())) {
            Registry registry = Registry.of(loader);
            assertThat(registry.failures())
                    .extracting(each -> each.origin().file())
                    .containsExactly("failing.jar");
            assertThat(PluginFolder.withoutPlugins(folder.toString(), registry)).containsExactly(library.toString());
        }
    }

    @Test
    void withoutAFolderNoneIsSearched() throws IOException {
        Path here = Files.createTempFile(Path.of(""), "library", ".jar");
        try {
            jar(here, "library.properties", "key=value");
            Registry none = new Registry(List.of(), List.of());
            assertThat(PluginFolder.withoutPlugins(".", none)).anyMatch(each -> each.endsWith(here.toString()));
            assertThat(PluginFolder.withoutPlugins("", none)).isEmpty();
        } finally {
            Files.delete(here);
        }
    }

    private static Path jar(Path file, String entry, String content) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
