package dev.whitewater.checker.etcd;

import java.util.List;

/** What an answer told; what it didn't is not judged. */
public sealed interface Reply {
    /** Nothing but that it was done. */
    record Untold() implements Reply {}

    /**
     * Keys found.
     *
     * @param told whether the keys themselves were told
     * @param count how many keys the range holds, limit or not; -1 if untold
     * @param more 1 if the limit cut some off, 0 if not, -1 if untold
     */
    record Found(boolean told, List<Kv> keys, long count, int more) implements Reply {}

    /** How many keys were removed; -1 if untold. */
    record Deleted(long count) implements Reply {}

    /** Which list was done, 1 the first, 0 the second, -1 untold, and its replies, if told. */
    record Branch(int succeeded, List<Reply> replies) implements Reply {}

    /** It was refused, for this reason. */
    record Failed(String error) implements Reply {}

    /** The refusal of what the user had no permission for: nothing happened. */
    String DENIED = "permission-denied";

    /** Whether this is that refusal. */
    static boolean isDenied(Reply reply) {
        return reply instanceof Failed(String error) && error.equals(DENIED);
    }

    Reply UNTOLD = new Untold();
}
