package dev.idem;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
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
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The rules of the design that a compiler does not check. Exceptions to a rule are named here or there are none. */
@AnalyzeClasses(packages = "dev.idem", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ROOT = "dev.idem";
    private static final String VECTORS = "jdk.incubator.vector";

    /** A rule over classes that nobody scanned is always kept. */
    private static final int LEAST_CLASSES = 200;

    /** Package, and what it may use besides itself. What is not in here may not be there. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(entry("energy", Set.of()),
            entry("schedule", Set.of()), entry("random", Set.of()), entry("io", Set.of()),
            entry("program", Set.of("energy", "schedule")), entry("autodiff", Set.of("program")),
            entry("backend", Set.of("program")),
            entry("cpu", Set.of("backend", "program", "cpu.kernel", "energy", "schedule", "random")),
            entry("cpu.kernel", Set.of("random", "energy", "schedule")), entry("nn", Set.of("program", "random")),
            entry("optim", Set.of("program", "schedule")),
            entry("diffusion", Set.of("program", "energy", "schedule", "nn")),
            entry("config", Set.of("energy", "schedule", "program")),
            entry("task", Set.of("config", "energy", "random")),
            entry("eval", Set.of("config", "energy", "random", "task")),
            entry("tempering", Set.of("energy", "eval", "io", "random", "task")),
            entry("train", Set.of("autodiff", "backend", "config", "diffusion", "energy", "eval", "io", "nn", "optim",
                    "program", "random", "schedule", "task", "tempering")));

    /** Operators whose bits differ between the interpreter and the compiler. */
    private static final Set<String> INEXACT = Set.of("SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "SINH", "COSH",
            "TANH", "EXP", "EXPM1", "LOG", "LOG10", "LOG1P", "CBRT", "ATAN2", "POW", "HYPOT");

    private static final Set<String> SETTINGS = Set.of("System.getProperty", "System.getProperties", "System.getenv",
            "Integer.getInteger", "Long.getLong", "Boolean.getBoolean");

    @ArchTest
    static void scanSawEverything(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(LEAST_CLASSES);
    }

    @ArchTest
    static void packagesUseWhatTheTableAllows(JavaClasses classes) {
        Set<String> violations = new TreeSet<>();
        for (JavaClass user : classes) {
            String from = shortName(user);
            Set<String> allowed = MAY_USE.get(from);
            if (allowed == null) {
                violations.add("package " + user.getPackageName() + " is not in the table");
                continue;
            }
            user.getDirectDependenciesFromSelf().stream().filter(use -> use.getTargetClass().getPackageName()
                    .startsWith(ROOT)).forEach(use -> {
                        String to = shortName(use.getTargetClass());
                        if (!to.equals(from) && !allowed.contains(to)) {
                            violations.add(from + " uses " + to + ": " + use.getDescription());
                        }
                    });
        }
        assertThat(violations).isEmpty();
    }

    private static String shortName(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_KERNELS_KNOW_VECTORS = noClasses().that().resideOutsideOfPackage(ROOT + ".cpu.kernel")
            .should().dependOnClassesThat().resideInAPackage("jdk.incubator..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_TORNADO = noClasses().should().dependOnClassesThat()
            .resideInAPackage("uk.ac.manchester.tornado..");

    @ArchTest
    static final ArchRule FEW_LIBRARIES = classes().should().onlyDependOnClassesThat().resideInAnyPackage(ROOT + "..",
            "java..", "javax.management..", "jdk.incubator.vector..", "org.jspecify..", "com.fasterxml.jackson..")
            .because("adding a dependency needs a decision record");

    @ArchTest
    static final ArchRule NO_PICTURES = noClasses().should().dependOnClassesThat().resideInAnyPackage("java.awt..",
            "javax.imageio..", "javax.swing..");

    @ArchTest
    static final ArchRule NO_REDUCTIONS_OVER_LANES = noClasses().should().callMethodWhere(
            target(nameMatching("reduceLanes.*")).and(target(describe("of a vector", ArchitectureTest::ofVectors))))
            .because("its order of summation differs between the interpreter and the compiler");

    private static boolean ofVectors(AccessTarget target) {
        return target.getOwner().getPackageName().equals(VECTORS);
    }

    @ArchTest
    static final ArchRule NO_INEXACT_VECTOR_OPERATORS = noClasses().should().accessFieldWhere(describe(
            "a transcendental vector operator", access -> access.getTargetOwner().getName()
                    .equals(VECTORS + ".VectorOperators") && INEXACT.contains(access.getName())))
            .because("its bits differ between the interpreter and the compiler; own polynomials do not");

    @ArchTest
    static final ArchRule STRICT_MATH = noClasses().should().callMethodWhere(describe("an inexact function of Math",
            call -> call.getTargetOwner().isEquivalentTo(Math.class)
                    && INEXACT.contains(call.getName().toUpperCase(Locale.ROOT))))
            .because("StrictMath has the same bits everywhere, Math has not");

    @ArchTest
    static final ArchRule EVERY_DRAW_HAS_A_SEED = noClasses().should().dependOnClassesThat().haveNameMatching(
            "java\\.util\\.(Random|concurrent\\.ThreadLocalRandom|random\\..*)|java\\.security\\.SecureRandom")
            .orShould().callMethod(Math.class, "random").orShould().callConstructor(SplittableRandom.class)
            .because("same seed, same bits; trainings and samplers draw from the package random alone");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NO_EXIT = noClasses().should().callMethodWhere(
            target(nameMatching("exit|halt")).and(target(describe("of the process", target -> target.getOwner()
                    .isEquivalentTo(System.class) || target.getOwner().isEquivalentTo(Runtime.class)))));

    @ArchTest
    static final ArchRule NO_GENERIC_EXCEPTIONS = GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule SETTINGS_READ_PROPERTIES = noClasses().that().doNotHaveSimpleName("Settings").should()
            .callMethodWhere(describe("a system property or an environment variable", ArchitectureTest::readsSettings));

    private static boolean readsSettings(JavaAccess<?> call) {
        return SETTINGS.contains(call.getTargetOwner().getSimpleName() + "." + call.getName());
    }

    @ArchTest
    static void packagesAreNullMarked(JavaClasses classes) {
        Set<String> unmarked = classes.stream().filter(javaClass -> !javaClass.getPackage().tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class)).orElse(false)).map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    @ArchTest
    static final ArchRule CONCRETE_CLASSES_ARE_FINAL = classes().that().areNotInterfaces().and().areNotEnums().and()
            .areNotAnonymousClasses().should(beFinalOrSealed());

    private static ArchCondition<JavaClass> beFinalOrSealed() {
        return new ArchCondition<>("be final, a record or sealed") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                boolean kept = javaClass.getModifiers().contains(JavaModifier.FINAL) || javaClass.isSealed();
                events.add(new SimpleConditionEvent(javaClass, kept, javaClass.getName() + " is open"));
            }
        };
    }

    @ArchTest
    static final ArchRule DATA_TYPES_ARE_SEALED = classes().that().areInterfaces().and()
            .resideInAnyPackage(ROOT + ".program", ROOT + ".energy", ROOT + ".schedule").and()
            .areNotAnnotations().and(notNamed("HostEnergy")).should(
                    new ArchCondition<JavaClass>("be sealed") {
                        @Override
                        public void check(JavaClass javaClass, ConditionEvents events) {
                            if (!javaClass.getSimpleName().equals("package-info")) {
                                events.add(new SimpleConditionEvent(javaClass, javaClass.isSealed(),
                                        javaClass.getName() + " is not sealed"));
                            }
                        }
                    })
            .because("a switch over them names every place that a new case has to go");

    private static DescribedPredicate<JavaClass> notNamed(String... names) {
        return describe("not " + String.join(", ", names), javaClass -> Arrays.stream(names).noneMatch(javaClass
                .getSimpleName()::equals));
    }

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses().should().haveNameMatching(
            ".*(Utils?|Helper|Manager|Impl)|(.*\\.)?(Abstract[A-Z]|I[A-Z][a-z])\\w*");
}
