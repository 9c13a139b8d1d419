package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.search.Purse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answered requests of which each may have made the revision that all of them tell, because none
 * says whether it changed anything. A replay takes one of them for the maker: then nothing that it
 * finds wrong is sure, and an order that it finds must be gone through once more.
 *
 * <p>Two transactions told revision 4. The first changes nothing at revision 3, the second does. So
 * the second made revision 4, and the first must change nothing after it as well.
 */
public final class Ties {
    private static final List<String> SILENT = List.of("txn", "delete", "delete-range");
    private static final String REASON =
            "several answers tell one revision and not which of them made it";

    private Ties() {}

    /** What remains of a replay's finding. */
    public static Finding sure(History history, EtcdStore start, Finding finding, Purse purse) {
        if (finding instanceof Finding.Undecided || !any(history, purse)) {
            return finding;
        }
        return finding instanceof Finding.Ordered(int[] order)
                        && (hasLeases(history) || isRight(history, start, order, purse))
                ? finding
                : new Finding.Undecided(REASON);
    }

    /** Then the order lacks the expiries that were found with it, and can't be gone through. */
    private static boolean hasLeases(History history) {
        return history.functionNames().contains("lease-grant");
    }

    private static boolean any(History history, Purse purse) {
        Set<Long> revisions = new TreeSet<>();
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op)
                    && history.output(op) == Values.NIL
                    && SILENT.contains(history.function(op))) {
                purse.step();
                revisions.add(history.revision(op));
            }
        }
        return !revisions.isEmpty() && any(history, revisions, purse);
    }

    private static boolean any(History history, Set<Long> revisions, Purse purse) {
        Map<Long, Integer> perhaps = new LinkedHashMap<>();
        for (int op = 0; op < history.size(); op++) {
            if (!history.isOk(op) || !revisions.contains(history.revision(op))) {
                continue;
            }
            purse.step();
            Operation operation = history.operation(op);
            Request request = Messages.request(operation);
            Kinds kind = Kinds.of(request, Messages.reply(operation, request));
            if (kind == Kinds.WRITER) {
                // Whoever told this revision as well came after its maker.
                perhaps.put(history.revision(op), -history.size());
            } else if (kind == Kinds.PERHAPS) {
                perhaps.merge(history.revision(op), 1, Integer::sum);
            }
        }
        return perhaps.values().stream().anyMatch(count -> count > 1);
    }

    private static boolean isRight(History history, EtcdStore start, int[] order, Purse purse) {
        Store store = new Store(start.start(), start.remembers());
        for (int op : order) {
            purse.step();
            Operation operation = history.operation(op);
            Request request = Messages.request(operation);
            if (request instanceof Request.Range range && range.serializable()) {
                continue;
            }
            Mismatch mismatch = store.execute(request, Messages.reply(operation, request), 0);
            long told = operation.answer().revision();
            boolean agrees = mismatch.isNone() && (told == 0 || told == store.revision());
            if (operation.isOk() && !agrees) {
                return false;
            }
        }
        return true;
    }
}
