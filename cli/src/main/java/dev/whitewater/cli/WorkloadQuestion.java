package dev.whitewater.cli;

import dev.whitewater.checker.workload.WorkloadOptions;

import picocli.CommandLine.Option;

/** What a user knows about one of Jepsen's workloads. */
final class WorkloadQuestion {

    @Option(
            names = "--group-size",
            paramLabel = "N",
            description = "long-fork: how many keys a read covers (default: 2).")
    private int groupSize = WorkloadOptions.DEFAULT.groupSize();

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

    WorkloadOptions options() {
        if (groupSize < 1) {
            throw Refused.usage("--group-size must be at least 1, not " + groupSize + ".");
        }
        return new WorkloadOptions(groupSize, totalAmount, negativeBalances, linearizable);
    }
}
