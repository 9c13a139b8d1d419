package dev.whitewater.checker.workload;

import dev.whitewater.checker.port.Budget;

/**
 * Options of the workloads.
 *
 * @param groupSize how many keys a long-fork read covers
 * @param totalAmount what all accounts of the bank hold together
 * @param negativeBalances whether accounts may be overdrawn
 * @param linearizable whether set-full minds elements that are seen late
 * @param budget what the check may cost; nothing is held against it when it returns
 */
public record WorkloadOptions(
        int groupSize,
        long totalAmount,
        boolean negativeBalances,
        boolean linearizable,
        Budget budget) {
    public static final WorkloadOptions DEFAULT =
            new WorkloadOptions(2, 100, false, false, Budget.UNLIMITED);

    public WorkloadOptions withGroupSize(int size) {
        return new WorkloadOptions(size, totalAmount, negativeBalances, linearizable, budget);
    }

    public WorkloadOptions withTotalAmount(long amount) {
        return new WorkloadOptions(groupSize, amount, negativeBalances, linearizable, budget);
    }

    public WorkloadOptions allowingNegativeBalances() {
        return new WorkloadOptions(groupSize, totalAmount, true, linearizable, budget);
    }

    /** Elements that are seen late are anomalies as well. */
    public WorkloadOptions demandingLinearizability() {
        return new WorkloadOptions(groupSize, totalAmount, negativeBalances, true, budget);
    }

    /** The check gives up, with verdict unknown, when it would cost more than this. */
    public WorkloadOptions within(Budget limits) {
        return new WorkloadOptions(groupSize, totalAmount, negativeBalances, linearizable, limits);
    }
}
