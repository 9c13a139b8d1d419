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
 * says whether it changed anything. A replay takes the first that changes something for the maker:
 * an order that it finds is one, but what it finds wrong might be right with another maker.
 *
 * <p>Two transactions told revision 4, and both would change something at revision 3. If the first
 * made revision 4, the second must change nothing after it; else it may be the other way round.
 */
public final class Ties {
    private static final List<String> SILENT = List.of("txn", "delete", "delete-range");
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
}
