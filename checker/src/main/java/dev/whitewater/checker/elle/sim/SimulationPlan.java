package dev.whitewater.checker.elle.sim;

/**
 * A workload against a simulated database.
 *
 * @param transactions how many are begun
 * @param clients how many run at a time
 * @param operationsMax the longest transaction
 * @param keys how many keys are in use at a time, each half as often as the next
 * @param writesPerKey after so many writes at most a key is replaced by a new one
 * @param abortPercent how many transactions abort by themselves
 * @param infoPercent how many end without an answer
 */
public record SimulationPlan(
        int transactions,
        int clients,
        int operationsMax,
        int keys,
        int writesPerKey,
        int abortPercent,
        int infoPercent) {

    public SimulationPlan {
        require("transactions", transactions, 0);
        require("clients", clients, 1);
        require("operationsMax", operationsMax, 1);
        require("keys", keys, 1);
        require("writesPerKey", writesPerKey, 1);
        require("abortPercent", abortPercent, 0);
        require("infoPercent", infoPercent, 0);
    }

    /**
     * Ten clients, up to four operations, ten keys, as most measurements of such checkers have it.
     */
    public static SimulationPlan usual(int transactions) {
        return new SimulationPlan(transactions, 10, 4, 10, 256, 0, 0);
    }

    /** Few keys and much that goes wrong. */
    public static SimulationPlan crowded(int transactions) {
        return new SimulationPlan(transactions, 5, 4, 3, 64, 5, 5);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": expected at least " + least + ", got " + value);
        }
    }
}
