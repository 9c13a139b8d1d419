package dev.whitewater.checker.contract;

import java.util.List;

/**
 * One watch and all that it was told, in order.
 *
 * @param from first key of the range
 * @param to the key after the range; empty: {@code from} alone
 * @param start the first revision asked for
 * @param withPrevious whether previous values were asked for
 */
public record Watch(
        String from,
        String to,
        long start,
        boolean puts,
        boolean deletes,
        boolean withPrevious,
        List<Response> responses) {
    public Watch {
        responses = List.copyOf(responses);
    }

    /** A watch on one key with all that it can tell. */
    public static Watch of(String key, long start, List<Response> responses) {
        return new Watch(key, "", start, true, true, true, responses);
    }

    /** What the server sends. */
    public sealed interface Response {
        /** Changes; {@code more} says that the last revision goes on in the next response. */
        record Changes(List<Change> changes, boolean more) implements Response {
            public Changes {
                changes = List.copyOf(changes);
            }
        }

        /** Everything up to this revision has been told. */
        record Progress(long revision) implements Response {}

        /** The watch is over: what it asks for next is compacted, up to this revision. */
        record Compacted(long revision) implements Response {}
    }

    /** Whether this change is one the watch asked for. */
    boolean wants(Change change) {
        boolean inRange =
                to.isEmpty()
                        ? change.key().equals(from)
                        : change.key().compareTo(from) >= 0 && change.key().compareTo(to) < 0;
        return inRange && change.revision() >= start && (change.isDelete() ? deletes : puts);
    }
}
