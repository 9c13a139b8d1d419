package dev.whitewater.store;

import java.util.List;

/**
 * If all conditions hold, one list of operations, else the other; all of it at one revision.
 *
 * @param compares judged on the state before the transaction, those of nested ones too
 */
public record Txn(List<Compare> compares, List<Operation> success, List<Operation> failure)
        implements Operation {

    public Txn {
        compares = List.copyOf(compares);
        success = List.copyOf(success);
        failure = List.copyOf(failure);
    }

    /** Writes {@code newValue} if the key has {@code expectedValue}, else reads the key. */
    public static Txn compareAndSwap(Bytes key, Bytes expectedValue, Bytes newValue) {
        return new Txn(
                List.of(Compare.value(key, Compare.Relation.EQUAL, expectedValue)),
                List.of(Put.of(key, newValue)),
                List.of(Range.of(key)));
    }

    /**
     * Writes {@code value} if the key's last write was {@code modRevision} (0: there is no key),
     * else reads the key.
     */
    public static Txn putIfModRevision(Bytes key, long modRevision, Bytes value) {
        return new Txn(
                List.of(Compare.modRevision(key, Compare.Relation.EQUAL, modRevision)),
                List.of(Put.of(key, value)),
                List.of(Range.of(key)));
    }

    /** All of {@code operations}, on no condition. */
    public static Txn of(Operation... operations) {
        return new Txn(List.of(), List.of(operations), List.of());
    }
}
