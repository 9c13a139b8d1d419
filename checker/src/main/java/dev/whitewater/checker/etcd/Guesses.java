package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.revision.RealTime;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Unanswered changes, and the revisions they are guessed to have made. */
final class Guesses {
    private final List<Hidden> all = new ArrayList<>();
    private final TreeMap<Long, Hidden> makers = new TreeMap<>();

    /** Unanswered changes of a history whose store began empty at revision {@code start}. */
    Guesses(History history, RealTime realTime, long start) {
        for (int op = 0; op < history.size(); op++) {
            if (history.isFail(op)) {
                continue;
            }
            long floor = Math.max(start, realTime.floor(op));
            if (history.function(op).equals("lease-grant")) {
                if (Messages.request(history.operation(op)) instanceof Request.Grant(long lease)) {
                    Request.Revoke expiry = new Request.Revoke(lease);
                    all.add(new Hidden(op, /* expiry */ true, expiry, floor));
                }
            } else if (!history.isOk(op)) {
                Request request = Messages.request(history.operation(op));
                if (Hidden.writes(request)) {
                    all.add(new Hidden(op, /* expiry */ false, request, floor));
                }
            }
        }
    }

    List<Hidden> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Guesses that an unanswered change made a revision. */
    void guess(Hidden hidden, long revision) {
        makers.put(revision, hidden);
    }

    /** The guessed makers of revisions after one and up to another. */
    SortedMap<Long, Hidden> between(long low, long high) {
        return makers.subMap(low, false, high, true);
    }

    /** How many changes have a revision. */
    int made() {
        return makers.size();
    }
}
