package dev.whitewater.sim.monitor;

import dev.whitewater.node.AppliedView;

import java.util.TreeSet;

/**
 * M18, exactly once: a request has at most one effect; one if its client was told that it happened,
 * none if it was told that it did not. M20, durability: what was told is in every member's history
 * when all is healed.
 *
 * <p>An effect is an entry of the committed log that carries the request. Each index counts once,
 * where it is applied first; M14 holds the other members to it.
 */
final class ExactlyOnce {

    private static final long DONE = 1;
    private static final long REFUSED = 2;

    /** No member starts so often that its tickets were longer. */
    private static final int TICKET_BITS = 58;

    /** By request, counted from 1: the index of the entry that carries it; 0 for none. */
    private final LongList effects = new LongList();

    /** Tickets that were carried so far, and operators' requests, each below who proposed it. */
    private final TreeSet<Long> tickets = new TreeSet<>();

    private final LongList told = new LongList();
    private final LongList justTold = new LongList();
    private int open;
    private final LongList late = new LongList();
    private int lateOnes;
    private long accounted;
    private long confirmed;

    /** A client is told that its write happened; its entry was applied in this very event. */
    void done(long request) {
        told.set(request + 1, DONE);
        justTold.set(open++, request);
    }

    /** The process ended in the middle of an event: what it applied is seen at others, later. */
    void ends() {
        while (open > 0) {
            late.set(lateOnes++, justTold.get(--open));
        }
    }

    /** A client is told that its write did not happen and never will. */
    void refused(long request) {
        told.set(request + 1, REFUSED);
        if (effects.get(request + 1) > 0) {
            throw phantom(request, effects.get(request + 1));
        }
    }

    /** A member has handled an event that applied entries and told clients of them. */
    void after(AppliedView applied) {
        for (int i = 0; i < applied.size(); i++) {
            if (applied.index(i) > accounted) {
                accounted = applied.index(i);
                if (applied.proposer(i) != 0) {
                    carried(applied.proposer(i), applied.requestId(i));
                }
            }
        }
        while (open > 0) {
            confirm(justTold.get(--open));
        }
    }

    /** Members' own requests have the name 0; what they propose for others goes by tickets. */
    private void carried(long proposer, long name) {
        if (name > Monitors.FIRST_OF_OPERATOR) {
            if (!tickets.add(name | proposer << TICKET_BITS)) {
                throw finding(
                        "n"
                                + proposer
                                + "'s request or ticket "
                                + name
                                + " happens twice, the second time by the entry at "
                                + accounted);
            }
        } else if (name > 0) {
            effect(name - 1, accounted);
        }
    }

    private void confirm(long request) {
        long index = effects.get(request + 1);
        if (index == 0) {
            throw finding("operation " + request + " was confirmed, but no entry carries it");
        }
        confirmed = Math.max(confirmed, index);
    }

    private void effect(long request, long index) {
        long other = effects.get(request + 1);
        if (other > 0) {
            throw finding(
                    "operation "
                            + request
                            + " happens twice, by the entries at "
                            + other
                            + " and "
                            + index);
        }
        effects.set(request + 1, index);
        if (told.get(request + 1) == REFUSED) {
            throw phantom(request, index);
        }
    }

    /** All live members have applied everything up to {@code index}, and no more is to come. */
    void converged(long index) {
        while (lateOnes > 0) {
            confirm(late.get(--lateOnes));
        }
        if (index < confirmed) {
            throw new Finding(
                    "M20",
                    "durability",
                    "members agree on a log that ends at "
                            + index
                            + ", but the write at "
                            + confirmed
                            + " was confirmed to its client");
        }
    }

    private static Finding phantom(long request, long index) {
        return finding(
                "operation "
                        + request
                        + " was refused for good, but the entry at "
                        + index
                        + " carries it");
    }

    private static Finding finding(String message) {
        return new Finding("M18", "exactly once", message);
    }
}
