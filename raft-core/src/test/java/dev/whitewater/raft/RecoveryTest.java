package dev.whitewater.raft;

import static dev.whitewater.raft.Cluster.n;
import static dev.whitewater.raft.Papers.entry;
import static dev.whitewater.raft.Papers.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whitewater.raft.Cluster.Machine;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.SnapshotMeta;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Any state that can be on a disk can be recovered, and what cannot be there is refused. */
final class RecoveryTest {

    /** Puts a log of rising terms on the disk of member 1; part of it may be a snapshot. */
    private static Machine disk(Cluster cluster, Dice dice, int entries, int compacted) {
        Machine machine = cluster.machine(1);
        machine.durableLog.clear();
        machine.applied.clear();
        long term = 1;
        List<Long> terms = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            term += dice.below(3);
            terms.add(term);
        }
        for (int index = 1; index <= entries; index++) {
            if (index <= compacted) {
                machine.applied.add(entry(terms.get(index - 1), index));
            } else {
                machine.durableLog.add(entry(terms.get(index - 1), index));
            }
        }
        if (compacted > 0) {
            machine.durableSnapshot =
                    new SnapshotMeta(
                            id(terms.get(compacted - 1), compacted),
                            Configuration.of(List.copyOf(cluster.machines.keySet())));
            cluster.snapshots.put(machine.durableSnapshot.last(), List.copyOf(machine.applied));
        }
        long commit = (long) compacted + dice.below(entries - compacted + 1);
        long vote = dice.below(cluster.machines.size() + 1);
        machine.durableState = new HardState(term + dice.below(2), n(vote), commit);
        machine.restart();
        return machine;
    }

    @Property(tries = 200)
    void aSingleVoterRecoversFromAnyDiskAndCommitsAllOfIt(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 20) int entries,
            @ForAll @IntRange(min = 0, max = 20) int compacted) {
        Cluster cluster = Papers.plain(1);
        Machine machine = disk(cluster, new Dice(seed), entries, Math.min(entries, compacted));
        Sidecar sidecar = new Sidecar(machine.raft);
        sidecar.check();
        cluster.elect(1);
        sidecar.check();
        assertEquals(RoleKind.LEADER, machine.raft.role());
        assertEquals(entries + 1, machine.raft.commit());
        assertEquals(entries + 1, machine.applied.size());
    }

    @Property(tries = 200)
    void aMemberThatRecoveredBringsTheOthersUpToDate(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 20) int entries,
            @ForAll @IntRange(min = 0, max = 20) int compacted) {
        Cluster cluster = Papers.plain(3);
        Machine machine = disk(cluster, new Dice(seed), entries, Math.min(entries, compacted));
        cluster.elect(1);
        assertEquals(RoleKind.LEADER, machine.raft.role());
        for (long id = 2; id <= 3; id++) {
            assertEquals(machine.applied, cluster.machine(id).applied);
            assertEquals(entries + 1, cluster.machine(id).applied.size());
        }
    }

    @Test
    void aDiskThatCannotBeIsRefused() {
        RaftConfig config = Papers.plain(1).config(n(1));
        List<Recovered> impossible =
                List.of(
                        // A log of a later term than the member's.
                        new Recovered(new HardState(1, n(0), 0), List.of(entry(2, 1)), 0),
                        // A commit index beyond the log.
                        new Recovered(new HardState(2, n(0), 2), List.of(entry(2, 1)), 0),
                        // A gap after the snapshot.
                        new Recovered(
                                new HardState(2, n(0), 0),
                                new SnapshotMeta(id(1, 3), Configuration.of(List.of(n(1)))),
                                List.of(entry(2, 5)),
                                3),
                        // A state machine behind its own snapshot.
                        new Recovered(
                                new HardState(2, n(0), 0),
                                new SnapshotMeta(id(1, 3), Configuration.of(List.of(n(1)))),
                                List.of(),
                                2));
        for (Recovered recovered : impossible) {
            assertThrows(
                    InvariantViolation.class,
                    () -> new Raft(config, recovered, (attempt, bound) -> 0, RaftRules.HONEST));
        }
    }
}
