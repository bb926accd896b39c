package dev.idem.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The rules of the design for the command line; those for the library stand in core's ArchitectureTest. */
@AnalyzeClasses(packages = {"dev.idem.cli", "dev.idem.launcher"}, importOptions = ImportOption.DoNotIncludeTests.class)
final class CliArchitectureTest {

    /** A rule over classes that nobody scanned is always kept. */
    private static final int LEAST_CLASSES = 30;

    @ArchTest
    static void scanSawEverything(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(LEAST_CLASSES);
    }

    @ArchTest
    static final ArchRule LAUNCHER_STANDS_ALONE = classes().that().resideInAPackage("dev.idem.launcher").should()
            .onlyDependOnClassesThat().resideInAnyPackage("dev.idem.launcher", "java..", "org.jspecify..")
            .because("it runs where the rest of idem cannot be loaded");

    @ArchTest
    static final ArchRule NOBODY_USES_THE_LAUNCHER = noClasses().that().resideOutsideOfPackage("dev.idem.launcher")
            .should().dependOnClassesThat().resideInAPackage("dev.idem.launcher");

    @ArchTest
    static final ArchRule BACKENDS_ARE_LOOKED_UP = noClasses().should().dependOnClassesThat().resideInAnyPackage(
            "dev.idem.cpu..", "jdk.incubator..", "uk.ac.manchester.tornado..");

    @ArchTest
    static final ArchRule ONLY_ENTRIES_EXIT = noClasses().that().haveNameNotMatching(
            "dev\\.idem\\.(cli\\.Main|launcher\\.Launcher)").should().callMethod(System.class, "exit", int.class)
            .because("a command returns its exit code, so that it can be tested");

    @ArchTest
    static final ArchRule SETTINGS_READ_PROPERTIES = noClasses().that().doNotHaveSimpleName("Settings").and()
            .doNotHaveSimpleName("Launcher").should().callMethodWhere(describe(
                    "a system property or an environment variable", call -> call.getTargetOwner()
                            .isEquivalentTo(System.class)
                            && Set.of("getProperty", "getProperties", "getenv")
                                    .contains(call.getName())));

    @ArchTest
    static void packagesAreNullMarked(JavaClasses classes) {
        Set<String> unmarked = classes.stream().filter(javaClass -> !javaClass.getPackage().tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class)).orElse(false)).map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    @ArchTest
    static final ArchRule CONCRETE_CLASSES_ARE_FINAL = classes().that().areNotInterfaces().and().areNotEnums().and()
            .areNotAnonymousClasses().should(new ArchCondition<JavaClass>("be final, a record or sealed") {
                @Override
                public void check(JavaClass javaClass, ConditionEvents events) {
                    boolean kept = javaClass.getModifiers().contains(JavaModifier.FINAL) || javaClass.isSealed();
                    events.add(new SimpleConditionEvent(javaClass, kept, javaClass.getName() + " is open"));
                }
            });
}
