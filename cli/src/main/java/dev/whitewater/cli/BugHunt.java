package dev.whitewater.cli;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.Rule;
import dev.whitewater.scenarios.Judgement;
import dev.whitewater.scenarios.PlannedRun;
import dev.whitewater.scenarios.bugs.Bug;
import dev.whitewater.scenarios.swarm.Rapids;
import dev.whitewater.scenarios.swarm.SwarmPlans;
import dev.whitewater.server.disk.JdkChecksum;
import dev.whitewater.sim.RunOptions;
import dev.whitewater.sim.Simulation;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Swarms with one bug planted in each of their runs, until one of the runs is found wrong. */
final class BugHunt {

    private final SeedRange seeds;
    private final int jobs;
    private final Rapids rapids;
    private final long budgetNanos;

    BugHunt(SeedRange seeds, int jobs, Rapids rapids, long budgetNanos) {
        this.seeds = seeds;
        this.jobs = jobs;
        this.rapids = rapids;
        this.budgetNanos = budgetNanos;
    }

    /**
     * What came of one bug.
     *
     * @param killed whether a run was found wrong
     * @param monitor the first that named it; empty if none did
     * @param runs up to the one that was found wrong, that one included
     * @param acted how often, in the last of them, a rule was decided otherwise than it should be
     */
    record Score(
            Bug bug,
            boolean killed,
            String monitor,
            long runs,
            long events,
            double cpuSeconds,
            long acted) {}

    /** Sums over the runs of one bug. */
    private static final class Tally {
        private String monitor = "";
        private long runs;
        private long events;
        private double cpuSeconds;
        private long blamed;

        private void add(Swarm.Finished finished) {
            runs++;
            events += finished.outcome().result().events();
            cpuSeconds += finished.cpuSeconds();
            Judgement judgement = finished.outcome().judgement();
            if (isWrong(judgement)) {
                blamed++;
                monitor = judgement.monitor();
            }
        }
    }

    private static boolean isWrong(Judgement judgement) {
        return switch (judgement.kind()) {
            case SAFETY_VIOLATED, LIVENESS_VIOLATED, CRASHED -> true;
            case PASSED, UNKNOWN -> false;
        };
    }

    Score hunt(Bug bug) {
        Tally tally = new Tally();
        Swarm.run(
                seeds,
                jobs,
                seed -> plan(seed).withBugs(List.of(bug.id())),
                deadline(),
                finished -> {
                    tally.add(finished);
                    return tally.blamed == 0;
                });
        long last = seeds.first() + Math.max(0, tally.runs - 1);
        return new Score(
                bug,
                tally.blamed > 0,
                tally.monitor,
                tally.runs,
                tally.events,
                tally.cpuSeconds,
                acted(bug, last));
    }

    /** How many of the first runs are blamed without any bug. */
    long falseAlarms(long runs) {
        long last = Math.min(seeds.last(), seeds.first() + runs - 1);
        Tally tally = new Tally();
        Swarm.run(
                new SeedRange(seeds.first(), last),
                jobs,
                this::plan,
                () -> false,
                finished -> {
                    tally.add(finished);
                    return true;
                });
        return tally.blamed;
    }

    private PlannedRun plan(long seed) {
        return SwarmPlans.expand(seed, rapids);
    }

    private BooleanSupplier deadline() {
        long end = System.nanoTime() + budgetNanos;
        return () -> System.nanoTime() - end >= 0;
    }

    private long acted(Bug bug, long seed) {
        Meter meter = new Meter(bug.planted());
        Simulation.run(
                plan(seed).scenario().plan(),
                meter,
                RunOptions.QUICK.withChecksum(new JdkChecksum()));
        return meter.otherwise;
    }

    /** Counts the decisions that differ from the honest ones. */
    private static final class Meter extends RaftRules {
        private final RaftRules planted;
        private long otherwise;

        Meter(RaftRules planted) {
            this.planted = planted;
        }

        private boolean decided(boolean wrong, boolean honest) {
            if (wrong != honest) {
                otherwise++;
            }
            return wrong;
        }

        @Override
        public boolean keeps(Rule rule) {
            return decided(planted.keeps(rule), HONEST.keeps(rule));
        }

        @Override
        public boolean voteWaitsForDisk() {
            return decided(planted.voteWaitsForDisk(), HONEST.voteWaitsForDisk());
        }

        @Override
        public boolean acknowledgementWaitsForDisk() {
            return decided(
                    planted.acknowledgementWaitsForDisk(), HONEST.acknowledgementWaitsForDisk());
        }

        @Override
        public boolean commitsByCounting(long entryTerm, long leaderTerm) {
            return decided(
                    planted.commitsByCounting(entryTerm, leaderTerm),
                    HONEST.commitsByCounting(entryTerm, leaderTerm));
        }

        @Override
        public boolean readWaitsForQuorum() {
            return decided(planted.readWaitsForQuorum(), HONEST.readWaitsForQuorum());
        }

        @Override
        public boolean truncatesWithoutConflict() {
            return decided(planted.truncatesWithoutConflict(), HONEST.truncatesWithoutConflict());
        }
    }
}
