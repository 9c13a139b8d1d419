package dev.whitewater.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;

/** The arrows of ARCHITECTURE.md as a build failure. Every rule is refused when it saw no class. */
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.whitewater");

    /** A module, the package it lives in, and what it may depend on besides itself and the JDK. */
    private record Module(String name, String root, List<String> allowed, int classesAtLeast) {

        static Module of(String name, String root, int classesAtLeast, String... allowed) {
            return new Module(name, root, List.of(allowed), classesAtLeast);
        }

        String packages() {
            return "dev.whitewater." + root + "..";
        }
    }

    private static final String RAFT = "dev.whitewater.raft..";
    private static final String STORE = "dev.whitewater.store..";
    private static final String MAPDB = "org.mapdb..";
    private static final String KOTLIN = "kotlin..";
    private static final String NODE = "dev.whitewater.node..";
    private static final String SERVER = "dev.whitewater.server..";
    private static final String SIM = "dev.whitewater.sim..";
    private static final String CHECKER = "dev.whitewater.checker..";
    private static final String SCENARIOS = "dev.whitewater.scenarios..";
    private static final String REPORTS = "dev.whitewater.reports..";
    private static final String BENCH = "dev.whitewater.bench..";

    private static final List<Module> MODULES =
            List.of(
                    Module.of("raft-core", "raft", 20),
                    Module.of("store", "store", 10, MAPDB, KOTLIN),
                    Module.of("node", "node", 15, RAFT, STORE),
                    Module.of(
                            "server",
                            "server",
                            30,
                            NODE,
                            RAFT,
                            STORE,
                            "io.grpc..",
                            "com.google.protobuf..",
                            // Guava, in the signatures of what protoc generates for gRPC.
                            "com.google.common..",
                            "at.favre.lib..",
                            "com.nimbusds..",
                            "com.sun.management.."),
                    Module.of("sim", "sim", 30, NODE, RAFT, STORE),
                    Module.of("checker", "checker", 20),
                    Module.of(
                            "scenarios",
                            "scenarios",
                            20,
                            SIM,
                            NODE,
                            RAFT,
                            STORE,
                            CHECKER,
                            "tools.jackson..",
                            "org.snakeyaml.."),
                    // The plan, the history and the trace are what a run folder holds.
                    Module.of(
                            "reports",
                            "reports",
                            10,
                            SCENARIOS,
                            CHECKER,
                            "freemarker..",
                            "dev.whitewater.sim.plan..",
                            "dev.whitewater.sim.history..",
                            "dev.whitewater.sim.trace.."),
                    Module.of(
                            "bench",
                            "bench",
                            5,
                            SCENARIOS,
                            CHECKER,
                            SIM,
                            NODE,
                            RAFT,
                            STORE,
                            SERVER,
                            "io.grpc..",
                            "com.google.protobuf..",
                            "com.google.common..",
                            "org.HdrHistogram..",
                            "org.openjdk.jmh..",
                            "com.sun.management..",
                            // JMH's generated code spins on it.
                            "sun.misc.."),
                    Module.of(
                            "cli",
                            "cli",
                            10,
                            BENCH,
                            REPORTS,
                            SCENARIOS,
                            CHECKER,
                            SERVER,
                            // The clients of chaos.
                            "io.grpc..",
                            "com.google.protobuf..",
                            "com.google.common..",
                            SIM,
                            NODE,
                            RAFT,
                            STORE,
                            "picocli..",
                            "me.tongfei..",
                            "tools.jackson.."));

    @TestFactory
    List<DynamicTest> everyModuleDependsOnlyOnWhatItsArrowsAllow() {
        return MODULES.stream()
                .map(
                        module ->
                                DynamicTest.dynamicTest(
                                        module.name(), () -> arrows(module).check(seen(module))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> packagesInsideAModuleFormNoCycle() {
        return MODULES.stream()
                .map(
                        module ->
                                DynamicTest.dynamicTest(
                                        module.name(), () -> cycles(module).check(seen(module))))
                .toList();
    }

    @Test
    void noFieldIsStaticAndMutable() {
        fields().that()
                .areDeclaredInClassesThat(
                        // What protoc generates holds its descriptors so.
                        not(resideInAPackage("dev.whitewater.server.pb..")))
                .and()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .because("two runs in one JVM must not see each other")
                .check(CLASSES);
    }

    @Test
    void deterministicModulesSynchronizeNothing() {
        noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(RAFT, STORE, NODE, SIM))
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("one thread turns the crank")
                .check(CLASSES);
    }

    @Test
    void onlyItsOwnPackageKnowsMapDb() {
        noClasses()
                .that(resideInAPackage("dev.whitewater.."))
                .and(resideOutsideOfPackage("dev.whitewater.store.mapdb.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(MAPDB, KOTLIN))
                .because("the page and the simulator have no MapDB")
                .check(CLASSES);
    }

    @Test
    void simulatorAndServerSideKnowNoPage() {
        noClasses()
                .that(resideInAnyPackage(SIM, SCENARIOS))
                .should()
                .dependOnClassesThat(resideInAPackage(REPORTS))
                .because("reports reads a run folder and nothing else")
                .check(CLASSES);
    }

    private static ArchRule arrows(Module module) {
        List<String> allowed = new ArrayList<>(module.allowed());
        allowed.add(module.packages());
        allowed.add("java..");
        DescribedPredicate<JavaClass> reachable =
                resideInAnyPackage(allowed.toArray(new String[0]))
                        .or(
                                DescribedPredicate.describe(
                                        "primitive", type -> type.getPackageName().isEmpty()));
        return classes()
                .that(resideInAPackage(module.packages()))
                .should()
                .onlyDependOnClassesThat(reachable)
                .because("the arrows of ARCHITECTURE.md are all there are");
    }

    private static ArchRule cycles(Module module) {
        return slices().matching("dev.whitewater." + module.root() + ".(*)..")
                .should()
                .beFreeOfCycles()
                // A module of one package has nothing to compare.
                .allowEmptyShould(true);
    }

    /**
     * A rule over no classes holds for anything; so does one over a module that was not on the
     * class path.
     */
    private static JavaClasses seen(Module module) {
        JavaClasses classes = CLASSES.that(resideInAPackage(module.packages()));
        assertTrue(
                classes.size() >= module.classesAtLeast(),
                () -> "only " + classes.size() + " classes of " + module.name() + " were seen");
        return CLASSES;
    }
}
