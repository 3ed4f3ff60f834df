package dev.rondo.cli;

import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.registry.Registered;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rondo new cell}: a Maven project with a cell that works, for its author to change. */
@Command(
        name = "new",
        description = "Makes a plugin project that builds, with its contract test.",
        mixinStandardHelpOptions = true)
final class NewCommand {
    private static final String TEMPLATES = "plugin-project/";
    private static final List<String> SOURCES =
            List.of("java/Cell.java.txt", "java/CellTest.java.txt", "kotlin/Cell.kt.txt", "kotlin/CellTest.kt.txt");
    /** Kotlin's hard keywords that Java has not. */
    private static final Set<String> KOTLIN =
            Set.of("as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when");

    @ParentCommand
    private Main main;

    @Command(name = "cell", description = "Makes a project with one recurrent cell.", mixinStandardHelpOptions = true)
    void cell(
            @Parameters(paramLabel = "NAME", description = "Name of the cell, as in MyCell.") String name,
            @Option(names = "--kotlin", description = "Write it in Kotlin.") boolean kotlin,
            @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the project; new or empty.") @Nullable
                    Path wanted) {
        check(name);
        String folder = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        Path project = wanted == null ? Path.of(folder) : wanted;
        Map<String, String> values = values(name, folder);
        String path = values.get("package") + "/" + name;
        Map<String, String> files = new LinkedHashMap<>();
        if (kotlin) {
            files.put("pom.xml", "kotlin/pom.xml.txt");
            files.put("src/main/kotlin/" + path + ".kt", "kotlin/Cell.kt.txt");
            files.put("src/test/kotlin/" + path + "Test.kt", "kotlin/CellTest.kt.txt");
        } else {
            files.put("pom.xml", "java/pom.xml.txt");
            files.put("src/main/java/" + path + ".java", "java/Cell.java.txt");
            files.put("src/test/java/" + path + "Test.java", "java/CellTest.java.txt");
        }
        try {
            claim(project);
            for (Map.Entry<String, String> file : files.entrySet()) {
                write(project.resolve(file.getKey()), filled(template(file.getValue()), values));
            }
            if (kotlin) { // the annotation that spares Java this file is not read by Kotlin's compiler
                write(
                        project.resolve("src/main/resources/META-INF/services/dev.rondo.api.spi.Layer"),
                        values.get("package") + "." + name + "\n");
            }
        } catch (IOException e) {
            throw new DataException("cannot write the project into " + project + ": " + e, e);
        }
        main.out().println("made " + project);
        main.out()
                .println("  mvn -f " + Shell.quoted(project.toString())
                        + " package        builds it and holds it against the contract of cells");
        main.out()
                .println("  then copy "
                        + Shell.quoted(project.resolve("target/" + folder + "-1.0.0.jar")
                                .toString()) + " into " + System.getProperty("rondo.plugins", "the folder plugins"));
        main.out().println("  rondo train --layers " + name + "_32");
    }

    private void check(String name) {
        if (!name.matches("[A-Z][A-Za-z0-9]*")) {
            throw new UsageException(
                    "'" + name + "' is no name for a cell: a capital letter, then letters and digits, as in MyCell");
        }
        if (KOTLIN.contains(name.toLowerCase(Locale.ROOT)) || SourceVersion.isKeyword(name.toLowerCase(Locale.ROOT))) {
            throw new UsageException("'" + name.toLowerCase(Locale.ROOT)
                    + "' is a word of Java or Kotlin and cannot name the cell's package: choose another name than "
                    + name);
        }
        if (usedByTemplates(name)) {
            throw new UsageException(
                    "the project needs " + name + " of another package: choose another name, as in My" + name);
        }
        List<Registered<?>> taken = main.rondo().registry().named(name);
        if (!taken.isEmpty()) {
            throw new UsageException("there is already a plugin called "
                    + taken.get(0).name() + ", in " + taken.get(0).origin() + ": choose another name");
        }
    }

    /** A class of this name would hide the one that is meant. */
    private static boolean usedByTemplates(String name) {
        Pattern use = Pattern.compile("(?m)^import .*\\." + name + ";?$|@" + name + "\\b");
        for (String each : SOURCES) {
            if (use.matcher(template(each)).find()) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> values(String name, String folder) {
        String home = System.getProperty("rondo.home", "");
        Path repository = Path.of(home, "repository").toAbsolutePath().normalize();
        if (home.isEmpty() || !Files.isDirectory(repository)) {
            throw new DataException("this installation has no Maven repository at " + repository
                    + "; start rondo by its script, which names its folder");
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("folder", folder);
        values.put("package", name.toLowerCase(Locale.ROOT));
        values.put("repository", repository.toUri().toString());
        Properties versions = new Properties();
        try {
            versions.load(new StringReader(template("versions.properties")));
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot be read", e);
        }
        versions.stringPropertyNames().forEach(key -> values.put(key, versions.getProperty(key)));
        return values;
    }

    private static void claim(Path project) throws IOException {
        if (Files.exists(project)) {
            try (Stream<Path> content = Files.list(project)) {
                if (content.findAny().isPresent()) {
                    throw new DataException(project + " is not empty; name another folder with --dir");
                }
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    private static String filled(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return text;
    }

    private static String template(String name) {
        try (InputStream in = NewCommand.class.getResourceAsStream(TEMPLATES + name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing from this JAR");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a resource of this JAR cannot be read", e);
        }
    }
}
