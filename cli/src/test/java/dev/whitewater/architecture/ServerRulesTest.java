package dev.whitewater.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import dev.whitewater.node.Node;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Disk;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.raft.ElectionJitter;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.trespass.AppliesByItself;
import dev.whitewater.server.trespass.KeepsALog;
import dev.whitewater.server.trespass.VotesByItself;
import dev.whitewater.store.Request;
import dev.whitewater.store.Store;

import org.junit.jupiter.api.Test;

/**
 * {@code server} implements ports and holds no consensus or storage logic: the very same member
 * runs there and in the simulator, and what turns messages and requests into decisions and state
 * lives in {@code node} and below.
 */
class ServerRulesTest {

    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.whitewater.server")
                    .that(not(resideInAPackage("dev.whitewater.server.pb..")));

    private static final ArchRule NO_CONSENSUS =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            // Of the core: what it is told at its start and what it shows.
                            resideInAnyPackage("dev.whitewater.raft..")
                                    .and(
                                            not(
                                                    belongToAnyOf(
                                                            NodeId.class,
                                                            RaftConfig.class,
                                                            RaftRules.class,
                                                            RaftView.class,
                                                            RoleKind.class,
                                                            ElectionJitter.class))))
                    .because("consensus is decided in the core, which node alone drives");

    private static final ArchRule NO_STORAGE =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "dev.whitewater.store.kv..",
                                    "dev.whitewater.store.lease..",
                                    "dev.whitewater.store.backend..",
                                    "dev.whitewater.node.wal..",
                                    "dev.whitewater.node.wire..",
                                    "dev.whitewater.node.snapshot..",
                                    "dev.whitewater.node.watch.."))
                    .because("state is kept and written down by store and node");

    private static final ArchRule NO_APPLYING =
            noClasses()
                    .should()
                    .callMethod(Store.class, "apply", long.class, Request.class)
                    .because("only a member applies, in the order of its log");

    @Test
    void serverImplementsPortsAndHoldsNoConsensusOrStorageLogic() {
        assertTrue(SERVER.size() >= 30, () -> "only " + SERVER.size() + " classes were seen");
        NO_CONSENSUS.check(SERVER);
        NO_STORAGE.check(SERVER);
        NO_APPLYING.check(SERVER);
    }

    @Test
    void thePortsAreImplementedHereAndTheMemberIsTheSimulatorsOwn() {
        assertTrue(implementsPort(PeerNetwork.class), "the network");
        assertTrue(implementsPort(Disk.class), "the disk");
        assertTrue(implementsPort(ClientReplies.class), "the replies");
        assertTrue(drivesNode(SERVER), "server drives Node");
        JavaClasses simulator =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.whitewater.sim");
        assertTrue(drivesNode(simulator), "sim drives Node");
        assertTrue(
                SERVER.stream().noneMatch(type -> type.isAssignableTo(Node.class)),
                "nobody makes another Node of it");
    }

    private static boolean implementsPort(Class<?> port) {
        return SERVER.stream().anyMatch(type -> type.isAssignableTo(port));
    }

    private static boolean drivesNode(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Node.class));
    }

    @Test
    void trespassersAreSeen() {
        assertTrue(sees(NO_CONSENSUS, VotesByItself.class), "consensus");
        assertTrue(sees(NO_STORAGE, KeepsALog.class), "storage");
        assertTrue(sees(NO_APPLYING, AppliesByItself.class), "applying");
    }

    private static boolean sees(ArchRule rule, Class<?> trespasser) {
        return rule.evaluate(new ClassFileImporter().importClasses(trespasser)).hasViolation();
    }
}
