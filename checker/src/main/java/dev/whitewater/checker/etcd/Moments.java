package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules that only calls and returns can judge, for revisions say nothing of them: what was
 * compacted stays so, a lease that is gone stays gone, and neither can be used before it is made.
 */
final class Moments {
    private final History history;
    private final Purse purse;

    /** All grants of a lease, and all its ends that were answered, in the order of calls. */
    private final Map<Long, List<Integer>> granted = new LinkedHashMap<>();

    private final Map<Long, List<Integer>> revoked = new LinkedHashMap<>();
    private final List<Integer> compactions = new ArrayList<>();

    Moments(History history, Purse purse) {
        this.history = history;
        this.purse = purse;
    }

    /**
     * Whether an answer is judged here, for no revision orders it. A refusal to revoke mostly names
     * none: the lease's time may have been over at any moment until the answer.
     */
    static boolean judges(Operation operation, Request request, Reply reply) {
        boolean undated = operation.answer().revision() <= 0;
        return request instanceof Request.Compact
                || request instanceof Request.Grant
                || request instanceof Request.KeepAlive
                || request instanceof Request.Access
                || Reply.isDenied(reply)
                || (reply instanceof Reply.Failed(String error)
                        && (error.equals("compacted")
                                || (request instanceof Request.Revoke && undated)));
    }

    Optional<Finding.Broken> check() {
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            String function = history.function(op);
            boolean lease = function.startsWith("lease-");
            if (history.isFail(op) || (!lease && !function.equals("compact"))) {
                continue;
            }
            switch (Messages.request(history.operation(op))) {
                case Request.Grant(long id) ->
                        granted.computeIfAbsent(id, _ -> new ArrayList<>()).add(op);
                case Request.Revoke(long id) -> {
                    if (history.isOk(op) && !failed(op)) {
                        revoked.computeIfAbsent(id, _ -> new ArrayList<>()).add(op);
                    }
                }
                case Request.Compact _ -> compactions.add(op);
                default -> {
                    // uses, judged below
                }
            }
        }
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            Optional<Finding.Broken> broken = history.isOk(op) ? check(op) : Optional.empty();
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private boolean failed(int op) {
        Operation operation = history.operation(op);
        return Messages.reply(operation, Messages.request(operation)) instanceof Reply.Failed;
    }

    private Optional<Finding.Broken> check(int op) {
        return switch (history.function(op)) {
            case "put-leased", "lease-keepalive" -> use(op);
            case "range" -> past(op);
            default -> Optional.empty();
        };
    }

    private Optional<Finding.Broken> use(int op) {
        long lease =
                switch (Messages.request(history.operation(op))) {
                    case Request.Put put -> put.lease();
                    case Request.KeepAlive(long id) -> id;
                    default -> 0;
                };
        List<Integer> grants = granted.getOrDefault(lease, List.of());
        if (failed(op) || lease == 0) {
            return Optional.empty();
        }
        boolean begun = grants.isEmpty();
        for (int grant : grants) {
            begun |= history.call(grant) < history.completion(op);
        }
        if (!begun) {
            return broken("lease-before-grant", op, grants.getFirst(), " was called only later");
        }
        for (int end : revoked.getOrDefault(lease, List.of())) {
            if (history.completion(end) < history.call(op) && !grantedSince(end, op, grants)) {
                return broken("lease-came-back", op, end, " had ended the lease before");
            }
        }
        return Optional.empty();
    }

    /** Whether the lease may have been granted again between its end and a use. */
    private boolean grantedSince(int end, int use, List<Integer> grants) {
        for (int grant : grants) {
            purse.step();
            if (history.completion(grant) > history.call(end)
                    && history.call(grant) < history.completion(use)
                    && grant != grants.getFirst()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Finding.Broken> past(int op) {
        if (!EtcdStore.readsPast(history, op)) {
            return Optional.empty();
        }
        Operation operation = history.operation(op);
        if (!(Messages.request(operation) instanceof Request.Range range)
                || range.at() == 0
                || range.serializable()) {
            // A member may not have heard of a compaction yet, nor of a revision.
            return Optional.empty();
        }
        if (failed(op)) {
            boolean compacted = operation.output().toString().contains("compacted");
            for (int compaction : compactions) {
                purse.step();
                if (compacted
                        && at(compaction) > range.at()
                        && history.call(compaction) < history.completion(op)) {
                    return Optional.empty();
                }
            }
            return compacted
                    ? broken("not-compacted", op, op, " was refused, but nobody compacted that")
                    : Optional.empty();
        }
        for (int compaction : compactions) {
            purse.step();
            if (history.isOk(compaction)
                    && at(compaction) > range.at()
                    && history.completion(compaction) < history.call(op)) {
                return broken("compacted-read", op, compaction, " had compacted that before");
            }
        }
        return Optional.empty();
    }

    private long at(int compaction) {
        return Messages.request(history.operation(compaction)) instanceof Request.Compact(long at)
                ? at
                : 0;
    }

    private Optional<Finding.Broken> broken(String rule, int op, int other, String why) {
        String sentence =
                named(op) + " can't be, for " + (op == other ? "it" : named(other)) + why + ".";
        return Optional.of(
                op == other
                        ? new Finding.Broken(rule, sentence, op, op)
                        : new Finding.Broken(rule, sentence, op, other, op));
    }

    private String named(int op) {
        return history.operation(op) + " of client " + history.operation(op).client();
    }
}
