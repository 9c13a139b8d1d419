package dev.whitewater.sim.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

/** Plans that can't be are refused with the field, what it may hold, and what it was given. */
class RunPlanTest {

    private static void assertRefused(String message, Executable maker) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, maker);
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void aRatioLiesBetweenNeverAndAlways() {
        assertRefused("numerator: expected 0..4, got 5", () -> new Ratio(5, 4));
        assertRefused("denominator: expected 1..2147483647, got 0", () -> new Ratio(0, 0));
    }

    @Test
    void aMaximumIsNotBelowItsMinimum() {
        assertRefused("maxNanos: expected at least minNanos 9, got 5", () -> new LatencyPlan(9, 5));
        assertRefused(
                "typicalNanos: expected at least minNanos 9, got 5", () -> new DelayPlan(9, 5, 10));
    }

    @Test
    void anElectionTimeoutIsLongerThanAHeartbeat() {
        assertRefused(
                "electionTimeoutNanos: expected more than heartbeatNanos 100000000, got 100000000",
                () ->
                        new ClusterPlan(
                                3,
                                100_000_000,
                                100_000_000,
                                true,
                                true,
                                4096,
                                ClusterPlan.Limits.DEFAULT));
    }

    @Test
    void aWorkloadDoesSomething() {
        assertRefused(
                "mix: expected at least one weight above 0, got all 0",
                () -> new OperationMix(0, 0, 0, 0, 0));
    }

    @Test
    void aLinkHasTwoEnds() {
        assertRefused("to: expected another member than from, got 2", () -> new Fault.Link(2, 2));
    }

    @Test
    void faultsNameMembersThatExist() {
        RunPlan plan = Minimal.plan();
        FaultPlan fault = new FaultPlan("f1", 0, 1, new Fault.Crash(new Target.Member(4)));
        assertRefused(
                "faults.f1.target.member: expected 1..3, got 4",
                () -> plan.withFaults(List.of(fault)));
    }

    @Test
    void faultsHaveIdsOfTheirOwn() {
        RunPlan plan = Minimal.plan();
        FaultPlan fault = new FaultPlan("f1", 0, 1, new Fault.Crash(new Target.Everyone()));
        assertRefused(
                "faults: expected ids once each, got f1 twice",
                () -> plan.withFaults(List.of(fault, fault)));
    }

    @Test
    void theLivenessBoundGrowsWithTheDelaysItIsDerivedFrom() {
        RunPlan plan = Minimal.plan();
        RunPlan stalled =
                plan.withFaults(
                        List.of(
                                new FaultPlan(
                                        "f",
                                        0,
                                        1,
                                        new Fault.SlowDisk(
                                                new Target.Everyone(), 7_000_000_000L))));
        assertTrue(plan.livenessBoundNanos() > 20 * plan.cluster().electionTimeoutNanos());
        assertTrue(stalled.livenessBoundNanos() >= plan.livenessBoundNanos() + 7_000_000_000L);
    }

    /** The least that a plan may say. */
    private static final class Minimal {
        static RunPlan plan() {
            return new RunPlan(
                    "minimal",
                    1,
                    new ClusterPlan(
                            3,
                            300_000_000,
                            50_000_000,
                            true,
                            true,
                            4096,
                            ClusterPlan.Limits.DEFAULT),
                    new NetworkPlan(
                            new DelayPlan(1, 2, 3),
                            Ratio.NEVER,
                            Ratio.NEVER,
                            Ratio.NEVER,
                            Ratio.NEVER,
                            0,
                            Ratio.NEVER),
                    new DiskPlan(
                            new LatencyPlan(1, 2),
                            new LatencyPlan(1, 2),
                            Ratio.NEVER,
                            0,
                            Ratio.NEVER,
                            false),
                    ClockPlan.PERFECT,
                    new WorkloadPlan(
                            1,
                            1,
                            0,
                            new LatencyPlan(1, 2),
                            new OperationMix(1, 1, 0, 0, 0),
                            0,
                            1_000_000_000),
                    List.of(),
                    new PhasePlan(1_000_000_000, 0));
        }
    }
}
