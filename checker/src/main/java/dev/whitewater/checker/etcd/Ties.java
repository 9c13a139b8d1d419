package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.search.Purse;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answered requests of which each may have made the revision that all of them tell, because none
 * says whether it changed anything. A replay takes the first that changes something for the maker:
 * an order that it finds is one, but what it finds wrong might be right with another maker.
 *
 * <p>Two transactions told revision 4, and both would change something at revision 3. If the first
 * made revision 4, the second must change nothing after it; else it may be the other way round.
 */
public final class Ties {
    private static final String REASON =
            "several answers tell one revision and not which of them made it";

    private Ties() {}

    /** What remains of a replay's finding. */
    public static Finding sure(History history, Finding finding, Purse purse) {
        return finding instanceof Finding.Broken && any(history, purse)
                ? new Finding.Undecided(REASON)
                : finding;
    }

    private static boolean any(History history, Purse purse) {
        Map<Long, Integer> perhaps = new LinkedHashMap<>();
        for (int op = 0; op < history.size(); op++) {
            if (!isRevoke(history, op) && kind(history, op, purse) == Kinds.PERHAPS) {
                perhaps.merge(history.revision(op), 1, Integer::sum);
            }
        }
        for (int op = 0; op < history.size() && !perhaps.isEmpty(); op++) {
            long revision = history.revision(op);
            if (perhaps.containsKey(revision)) {
                Kinds kind = kind(history, op, purse);
                if (kind == Kinds.WRITER) {
                    // Whoever told this revision as well came after its maker.
                    perhaps.remove(revision);
                } else if (kind == Kinds.PERHAPS && isRevoke(history, op)) {
                    perhaps.merge(revision, 1, Integer::sum);
                }
            }
        }
        return perhaps.values().stream().anyMatch(count -> count > 1);
    }

    /** Ends of leases tie with others, but not with each other: no key is attached to two. */
    private static boolean isRevoke(History history, int op) {
        return history.function(op).equals("lease-revoke");
    }

    private static Kinds kind(History history, int op, Purse purse) {
        purse.step();
        if (!history.isOk(op)) {
            return Kinds.READER;
        }
        Operation operation = history.operation(op);
        Request request = Messages.request(operation);
        return Kinds.of(request, Messages.reply(operation, request));
    }
}
