package dev.whitewater.store;

/**
 * What a store refuses for being too much. Part of the state machine: equal on all members.
 *
 * @param txnOperationsMax of conditions, or of operations on one side, with those of the levels
 *     above (etcd's {@code --max-txn-ops})
 * @param requestBytesMax of an encoded request (etcd's {@code --max-request-bytes})
 */
public record Limits(int txnOperationsMax, int requestBytesMax) {
    public static final Limits DEFAULT = new Limits(128, 3 << 19);
}
