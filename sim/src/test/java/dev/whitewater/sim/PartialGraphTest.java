package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.Fault.Link;
import dev.whitewater.sim.plan.PhasePlan;
import dev.whitewater.sim.plan.RunPlan;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * M35 and M36 while links stay cut: the graphs of Howard and Abraham (2020), on which Raft without
 * its two guards stops or never rests.
 */
class PartialGraphTest {

    private static final int SEEDS = 12;

    /** 1, 2 and 3 talk to each other, 4 only to 2, and 5 to nobody or to 3. */
    private static List<Link> graph(boolean fifthTalksToThird) {
        TreeSet<String> whole = new TreeSet<>(List.of("12", "13", "23", "24"));
        if (fifthTalksToThird) {
            whole.add("35");
        }
        List<Link> cut = new ArrayList<>();
        for (int from = 1; from <= 5; from++) {
            for (int to = 1; to <= 5; to++) {
                String name = "" + Math.min(from, to) + Math.max(from, to);
                if (from != to && !whole.contains(name)) {
                    cut.add(new Link(from, to));
                }
            }
        }
        return cut;
    }

    private static RunPlan plan(long seed, boolean preVote, boolean checkQuorum, List<Link> cut) {
        RunPlan calm = Plans.calm(seed);
        ClusterPlan cluster = calm.cluster();
        return new RunPlan(
                "partial",
                seed,
                new ClusterPlan(
                        5,
                        cluster.electionTimeoutNanos(),
                        cluster.heartbeatNanos(),
                        preVote,
                        checkQuorum,
                        cluster.walSegmentBytes(),
                        cluster.limits()),
                calm.network(),
                calm.disk(),
                calm.clocks(),
                calm.workload(),
                List.of(),
                new PhasePlan(2 * Plans.SECOND, 0, cut));
    }

    private static List<String> broken(boolean preVote, boolean checkQuorum, List<Link> cut) {
        List<String> monitors = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            RunPlan plan = plan(seed, preVote, checkQuorum, cut);
            RunResult result = Simulation.run(plan, RaftRules.HONEST, RunOptions.QUICK);
            if (result.verdict() instanceof Verdict.Violated violated) {
                assertTrue(violated.liveness());
                monitors.add(violated.monitor());
            } else {
                assertInstanceOf(Verdict.Passed.class, result.verdict());
                assertEquals(1, result.counters().probes().get("served-with-links-cut"));
            }
        }
        return monitors;
    }

    @Test
    void withPreVoteAndCheckQuorumTheMajorityServes() {
        assertEquals(List.of(), broken(true, true, graph(false)));
        assertEquals(List.of(), broken(true, true, graph(true)));
    }

    @Test
    void aLeaderThatDoesNotResignWithoutAMajorityBlocksTheOthers() {
        assertTrue(broken(true, false, graph(false)).contains("M36"));
    }

    @Test
    void withoutGuardsMembersAtTheEdgeDeposeEveryLeader() {
        assertTrue(broken(false, false, graph(true)).contains("M35"));
    }

    @Test
    void aRunThatGoesOnAndOnIsStopped() {
        RunPlan plan = plan(1, true, true, List.of());
        RunOptions few = RunOptions.QUICK.withEventsMax(100);
        RunResult result = Simulation.run(plan, RaftRules.HONEST, few);
        assertInstanceOf(Verdict.Crashed.class, result.verdict());
        assertEquals(101, result.events());
    }

    @Test
    void aGraphWithoutATalkingMajorityIsRefused() {
        List<Link> cut = new ArrayList<>(graph(false));
        cut.add(new Link(2, 1));
        assertThrows(IllegalArgumentException.class, () -> plan(1, true, true, cut));
    }
}
