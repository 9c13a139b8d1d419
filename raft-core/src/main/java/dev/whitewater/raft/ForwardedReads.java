package dev.whitewater.raft;

import java.util.ArrayDeque;
import java.util.Iterator;

/** A follower's reads that the leader was asked about, oldest first, each with its deadline. */
final class ForwardedReads {

    private final ArrayDeque<Forwarded> waiting = new ArrayDeque<>();

    private record Forwarded(long context, long deadline) {}

    void add(long context, long deadline) {
        waiting.addLast(new Forwarded(context, deadline));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forgets {@code context}; false if it does not wait (answered before, or given up). */
    boolean remove(long context) {
        for (Iterator<Forwarded> each = waiting.iterator(); each.hasNext(); ) {
            if (each.next().context() == context) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    long firstDeadline() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peekFirst().deadline();
    }

    long takeFirst() {
        return waiting.removeFirst().context();
    }
}
