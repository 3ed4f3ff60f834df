package dev.rondo.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rondo.api.spi.Plugin;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see whom, and what no class may do; main classes of all modules. */
class BordersTest {
    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify.annotations..";

    private static final String REGISTRATION = "com.google.auto.service..";

    /** Names of things, and the loader of JARs. */
    private static final Set<Class<?>> LOCAL =
            Set.of(URI.class, URL.class, URISyntaxException.class, URLClassLoader.class);

    private static JavaClasses ours;

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.rondo");
        for (String module : Set.of(
                "api",
                "core",
                "plugins.cells",
                "plugins.activations",
                "plugins.optim",
                "plugins.data",
                "testkit",
                "cli")) {
            assertThat(ours.containPackage("dev.rondo." + module)
                            || ours.containPackage("dev.rondo." + module + ".spi"))
                    .as("classes of %s are among those checked", module)
                    .isTrue();
        }
    }

    @Test
    void apiSeesNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.rondo.api..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("dev.rondo.api..", JDK, NULLNESS))
                .check(ours);
    }

    static Stream<JavaPackage> pluginModules() {
        return ours.getPackage("dev.rondo.plugins").getSubpackages().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pluginModules")
    void builtInPluginsSeeWhatThirdPartiesSee(JavaPackage module) {
        boolean readsFiles = module.getName().equals("dev.rondo.plugins.data");
        classes()
                .that()
                .resideInAPackage(module.getName() + "..")
                .should(onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.rondo.api..",
                        module.getName() + "..",
                        JDK,
                        NULLNESS,
                        REGISTRATION,
                        readsFiles ? "de.siegmar.fastcsv.." : JDK)))
                .check(ours);
    }

    @Test
    void coreSeesApiAndItsLibraries() {
        classes()
                .that()
                .resideInAPackage("dev.rondo.core..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.rondo.api..",
                        "dev.rondo.core..",
                        JDK,
                        NULLNESS,
                        REGISTRATION,
                        "jdk.incubator.vector..",
                        "org.nd4j..",
                        "com.google.inject..",
                        "jakarta.inject..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.slf4j.."))
                .check(ours);
    }

    @Test
    void testkitSeesNoPluginAndNoCommand() {
        noClasses()
                .that()
                .resideInAPackage("dev.rondo.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rondo.plugins..", "dev.rondo.cli..")
                .check(ours);
    }

    @Test
    void commandSeesPluginsThroughTheRegistryOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.rondo.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rondo.plugins..", "dev.rondo.testkit..")
                .check(ours);
    }

    @Test
    void packagesOfCoreFormNoCycle() {
        slices().matching("dev.rondo.core.(*)..").should().beFreeOfCycles().check(ours);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass each : ours) {
            if (!each.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(each.getPackageName());
            }
        }
        assertThat(unmarked)
                .as("packages without @NullMarked in a package-info.java")
                .isEmpty();
    }

    @Test
    void nothingIsLeftOpenForInheritance() {
        classes()
                .that(describe(
                        "classes to instantiate",
                        c -> !c.isInterface()
                                && !c.isEnum()
                                && !c.isAnonymousClass()
                                && !c.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .check(ours);
    }

    @Test
    void pluginsHoldNoState() {
        fields().that()
                .areDeclaredInClassesThat(describe(
                        "are plugins",
                        c -> c.getPackageName().startsWith("dev.rondo.plugins") && c.isAssignableTo(Plugin.class)))
                .should()
                .beStatic()
                .andShould()
                .beFinal()
                .check(ours);
    }

    @Test
    void onlyTheCommandPrints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ours.that(not(resideInAnyPackage("dev.rondo.cli.."))));
    }

    @Test
    void nothingIsSerializedTheJavaWay() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectOutputStream.class, ObjectInputStream.class)
                .check(ours);
        noClasses()
                .should(be(describe(
                        "declared to implement Serializable",
                        c -> c.getRawInterfaces().stream().anyMatch(i -> i.isEquivalentTo(Serializable.class)))))
                .check(ours);
    }

    @Test
    void nothingReachesTheNetwork() {
        // The registry reads services files through a connection, the one way past the JDK's cache of open JARs.
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.rondo.core.registry")
                .should()
                .dependOnClassesThat(describe(
                        "are in java.net and more than names",
                        c -> c.getPackageName().startsWith("java.net")
                                && LOCAL.stream().noneMatch(c::isEquivalentTo)))
                .orShould()
                .callMethodWhere(describe(
                        "opens a URL",
                        call -> call.getTargetOwner().isEquivalentTo(URL.class)
                                && Set.of("openConnection", "openStream", "getContent")
                                        .contains(call.getName())))
                .check(ours);
    }
}
