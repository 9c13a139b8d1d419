package dev.whitewater.checker.workload;

/**
 * Options of the workloads.
 *
 * @param groupSize how many keys a long-fork read covers
 * @param totalAmount what all accounts of the bank hold together
 * @param negativeBalances whether accounts may be overdrawn
 * @param linearizable whether set-full minds elements that are seen late
 */
public record WorkloadOptions(
        int groupSize, long totalAmount, boolean negativeBalances, boolean linearizable) {
    public static final WorkloadOptions DEFAULT = new WorkloadOptions(2, 100, false, false);

    public WorkloadOptions withGroupSize(int size) {
        return new WorkloadOptions(size, totalAmount, negativeBalances, linearizable);
    }

    public WorkloadOptions withTotalAmount(long amount) {
        return new WorkloadOptions(groupSize, amount, negativeBalances, linearizable);
    }

    public WorkloadOptions allowingNegativeBalances() {
        return new WorkloadOptions(groupSize, totalAmount, true, linearizable);
    }

    /** Elements that are seen late are anomalies as well. */
    public WorkloadOptions demandingLinearizability() {
        return new WorkloadOptions(groupSize, totalAmount, negativeBalances, true);
    }
}
