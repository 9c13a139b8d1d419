package dev.whitewater.checker.etcd;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * What an answer says of one key that disagrees with the store, and so what an unanswered change
 * must have done, and when, to make it right.
 *
 * @param sort what is wrong
 * @param earliest the change came after this revision
 * @param latest and not after this one
 */
record Claim(Sort sort, Kv told, long earliest, long latest) {
    /** What can be wrong. */
    enum Sort {
        /** The key has another value, or none. */
        VALUE,
        /** The key is there, but was told absent. */
        ABSENT,
        /** Key and value are right, but not the numbers that count hidden changes. */
        NUMBERS,
        /** The answer doesn't say what it found. */
        VAGUE
    }

    static Claim of(Request request, Reply reply, String key, Kv held) {
        Kv told = told(request, reply, key);
        if (told == null) {
            boolean absent =
                    isAbsent(request, reply, key)
                            || (reply instanceof Reply.Found found && found.told() && held != null);
            return absent
                    ? new Claim(Sort.ABSENT, null, held.mod(), Long.MAX_VALUE)
                    : new Claim(Sort.VAGUE, null, 0, Long.MAX_VALUE);
        }
        boolean untold = told.value().equals(Kv.UNTOLD_VALUE);
        boolean same = held != null && (untold || told.value().equals(held.value()));
        if (same && (told.mod() <= 0 || told.mod() == held.mod())) {
            return new Claim(Sort.NUMBERS, told, 0, held.mod() - 1);
        }
        long since = held == null ? 0 : held.mod();
        return told.mod() > 0
                ? new Claim(Sort.VALUE, told, told.mod() - 1, told.mod())
                : new Claim(Sort.VALUE, told, since, Long.MAX_VALUE);
    }

    private static Kv told(Request request, Reply reply, String key) {
        return told(request, reply).stream()
                .filter(kv -> kv.key().equals(key) && !isAbsence(kv))
                .findFirst()
                .orElse(null);
    }

    private static boolean isAbsent(Request request, Reply reply, String key) {
        return told(request, reply).stream().anyMatch(kv -> kv.key().equals(key) && isAbsence(kv));
    }

    private static boolean isAbsence(Kv told) {
        return told.version() == 0 || told.create() == 0 || told.mod() == 0;
    }

    /** All that an answer tells of keys as they were before the operation. */
    static List<Kv> told(Request request, Reply reply) {
        return switch (reply) {
            case Reply.Found found -> found.keys();
            case Reply.Branch branch when request instanceof Request.Txn txn -> {
                List<Kv> told = new ArrayList<>();
                if (branch.succeeded() == 1) {
                    txn.compares().forEach(compare -> told.add(told(compare)));
                    told.removeIf(kv -> kv.key().isEmpty());
                }
                for (int i = 0; i < branch.replies().size(); i++) {
                    List<Request> steps = branch.succeeded() == 1 ? txn.then() : txn.otherwise();
                    told.addAll(told(steps.get(i), branch.replies().get(i)));
                }
                yield told;
            }
            case Reply.Branch _, Reply.Untold _, Reply.Deleted _, Reply.Failed _ -> List.of();
        };
    }

    /** What a comparison that held tells; without a key if it is no equality. */
    private static Kv told(Request.Compare compare) {
        boolean equality = compare.relation() == Request.Relation.EQUAL && compare.end().isEmpty();
        String key = equality ? compare.key() : "";
        long to = compare.to() instanceof Value.Int(long number) ? number : Kv.UNTOLD;
        return switch (compare.target()) {
            case VALUE -> new Kv(key, compare.to(), -1, -1, -1, -1);
            case VERSION -> new Kv(key, Kv.UNTOLD_VALUE, -1, -1, to, -1);
            case CREATE -> new Kv(key, Kv.UNTOLD_VALUE, to, -1, -1, -1);
            case MOD -> new Kv(key, Kv.UNTOLD_VALUE, -1, to, -1, -1);
            case LEASE -> new Kv("", Kv.UNTOLD_VALUE, -1, -1, -1, -1);
        };
    }

    /** Whether the answer leaves open which way a transaction, or one inside it, went. */
    static boolean hidesBranch(Request request, Reply reply) {
        if (!(request instanceof Request.Txn txn)) {
            return false;
        }
        if (!(reply instanceof Reply.Branch branch) || branch.succeeded() < 0) {
            return true;
        }
        List<Request> steps = branch.succeeded() == 1 ? txn.then() : txn.otherwise();
        for (int i = 0; i < steps.size(); i++) {
            Reply told = i < branch.replies().size() ? branch.replies().get(i) : Reply.UNTOLD;
            if (hidesBranch(steps.get(i), told)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the change is of the right kind. */
    boolean could(Hidden hidden) {
        return switch (sort) {
            case VALUE -> hidden.couldPut(told);
            case ABSENT -> !(hidden.request() instanceof Request.Put);
            case NUMBERS, VAGUE -> true;
        };
    }
}
