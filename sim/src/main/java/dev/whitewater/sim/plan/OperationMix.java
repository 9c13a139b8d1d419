package dev.whitewater.sim.plan;

/**
 * How often clients do what, as weights against each other.
 *
 * @param range reads of several keys, some of them of the past, some serializable
 * @param deleteRange deletions of several keys
 * @param txn transactions of several operations, nested ones and failing ones among them
 * @param compact compactions, mostly close behind the head
 */
public record OperationMix(
        int put,
        int get,
        int delete,
        int cas,
        int serializableGet,
        int range,
        int deleteRange,
        int txn,
        int compact) {

    public OperationMix {
        PlanCheck.inRange("put", put, 0, 1_000_000);
        PlanCheck.inRange("get", get, 0, 1_000_000);
        PlanCheck.inRange("delete", delete, 0, 1_000_000);
        PlanCheck.inRange("cas", cas, 0, 1_000_000);
        PlanCheck.inRange("serializableGet", serializableGet, 0, 1_000_000);
        PlanCheck.inRange("range", range, 0, 1_000_000);
        PlanCheck.inRange("deleteRange", deleteRange, 0, 1_000_000);
        PlanCheck.inRange("txn", txn, 0, 1_000_000);
        PlanCheck.inRange("compact", compact, 0, 1_000_000);
        PlanCheck.that(
                put + get + delete + cas + serializableGet + range + deleteRange + txn + compact
                        > 0,
                "mix",
                "at least one weight above 0",
                "all 0");
    }

    /** Operations on single keys alone. */
    public OperationMix(int put, int get, int delete, int cas, int serializableGet) {
        this(put, get, delete, cas, serializableGet, 0, 0, 0, 0);
    }

    public int total() {
        return put + get + delete + cas + serializableGet + range + deleteRange + txn + compact;
    }
}
