package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.search.Purse;

import java.util.Arrays;
import java.util.Optional;

/**
 * What was known to the world when each operation was called: the highest revision that any earlier
 * answer carried. Nothing that is called later may be older.
 */
public final class RealTime {
    private static final int NOBODY = -1;

    private final History history;
    private final long[] floors;
    private final int[] holders;

    /** Walks through the history once. */
    public RealTime(History history, Purse purse) {
        purse.take(20L * history.size());
        this.history = history;
        int size = history.size();
        floors = new long[size];
        holders = new int[size];
        int[] returning = inOrderOfReturn();
        purse.look();
        int returned = 0;
        long floor = 0;
        int holder = NOBODY;
        for (int op = 0; op < size; op++) {
            purse.step();
            while (returned < returning.length
                    && history.completion(returning[returned]) < history.call(op)) {
                int done = returning[returned++];
                if (history.revision(done) > floor) {
                    floor = history.revision(done);
                    holder = done;
                }
            }
            floors[op] = floor;
            holders[op] = holder;
        }
    }

    private int[] inOrderOfReturn() {
        long[] keyed = new long[history.size()];
        int count = 0;
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op)) {
                keyed[count++] = (long) history.completion(op) << 32 | op;
            }
        }
        Arrays.sort(keyed, 0, count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keyed[i];
        }
        return order;
    }

    /** The highest revision answered before this operation was called. */
    public long floor(int op) {
        return floors[op];
    }

    /** Checks one answered operation against its floor. */
    public Optional<Finding.Broken> check(int op, boolean writes) {
        long revision = history.revision(op);
        if (revision > floors[op] || (!writes && revision == floors[op])) {
            return Optional.empty();
        }
        int earlier = holders[op];
        String sentence =
                named(earlier)
                        + " was answered before "
                        + named(op)
                        + " was called. Revisions never go down"
                        + (writes ? " and every write makes a new one" : "")
                        + ", so there is no order of these two that respects both.";
        String rule = writes ? "write-goes-back" : "stale-read";
        return Optional.of(new Finding.Broken(rule, sentence, op, earlier, op));
    }

    private String named(int op) {
        return history.operation(op) + " of client " + history.operation(op).client();
    }
}
