package dev.whitewater.cli;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.workload.WorkloadOptions;

import picocli.CommandLine.Option;

/** What a user knows about one of Jepsen's workloads. */
final class WorkloadQuestion {
    private static final int AS_READ = Integer.MIN_VALUE;

    @Option(
            names = "--group-size",
            paramLabel = "N",
            description = "long-fork: how many keys a read covers (default: as the first read).")
    private int groupSize = AS_READ;

    @Option(
            names = "--total-amount",
            paramLabel = "N",
            description = "bank: what all accounts hold together (default: 100).")
    private long totalAmount = WorkloadOptions.DEFAULT.totalAmount();

    @Option(names = "--allow-negative-balances", description = "bank: accounts may be overdrawn.")
    private boolean negativeBalances;

    @Option(
            names = "--linearizable",
            description = "set-full: an element that is seen late is an anomaly as well.")
    private boolean linearizable;

    WorkloadOptions options(History history, Budget budget) {
        if (groupSize < 1 && groupSize != AS_READ) {
            throw Refused.usage("--group-size must be at least 1, not " + groupSize + ".");
        }
        int covered =
                groupSize == AS_READ
                        ? ModelGuess.groupSize(history, WorkloadOptions.DEFAULT.groupSize())
                        : groupSize;
        return new WorkloadOptions(covered, totalAmount, negativeBalances, linearizable, budget);
    }
}
