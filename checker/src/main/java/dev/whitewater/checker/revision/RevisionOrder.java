package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.port.Parallel;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Strict serializability by revisions (monitor M17): answers carry the store's revision, so the
 * order is known and needs only to be checked, without search:
 *
 * <ul>
 *   <li>every change has a revision of its own;
 *   <li>what is called after an answer has a revision that is not smaller, and greater if it
 *       changes something; serializable reads may be older, but nothing later than what they saw;
 *   <li>what was found at a revision is what the newest change up to there had set;
 *   <li>an unanswered write took effect never, or once, at a revision no other write has.
 * </ul>
 *
 * <p>If all hold, ordering by revision (changes before reads) is an order that explains the
 * history, over all keys at once. A swap without an answer is taken to have found what it expected.
 */
public final class RevisionOrder {
    private static final int SLABS = 4;

    /** Less than this isn't worth a thread. */
    private static final int SLAB_LEAST = 1 << 14;

    private final History history;
    private final Ledger ledger;
    private final RealTime realTime;
    private final Purse purse;
    private final Parallel parallel;
    private final boolean[] writes;

    private RevisionOrder(History history, Footprints footprints, Purse purse, Parallel parallel) {
        this.history = history;
        this.purse = purse;
        this.parallel = parallel;
        this.ledger = new Ledger(history, purse);
        this.writes = new boolean[history.size()];
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            if (!history.isFail(op)) {
                footprints.report(history, op, ledger);
            }
        }
        this.realTime = new RealTime(history, purse);
    }

    /** Whether every answer carries a revision, so that this check can judge the history. */
    public static boolean canJudge(History history) {
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op) && history.revision(op) <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Judges a history of the model etcd-kv; keys may be replayed at the same time. */
    public static Finding check(History history, Purse purse, Parallel parallel) {
        return check(history, new EtcdFootprints(), purse, parallel);
    }

    /** Judges any history whose operations' footprints are known. */
    public static Finding check(
            History history, Footprints footprints, Purse purse, Parallel parallel) {
        if (!canJudge(history)) {
            return new Finding.Undecided("some answers carry no revision");
        }
        return new RevisionOrder(history, footprints, purse, parallel).judge();
    }

    private Finding judge() {
        Set<Long> taken = new TreeSet<>();
        Optional<Finding.Broken> broken = owners(taken);
        if (broken.isEmpty()) {
            broken = order();
        }
        Demands demands = new Demands(taken);
        List<Demands.Placed> places = new ArrayList<>();
        if (broken.isEmpty()) {
            broken = values(demands);
        }
        if (broken.isEmpty()) {
            broken = demands.place(places, purse);
        }
        if (broken.isPresent()) {
            return broken.get();
        }
        return new Finding.Ordered(order(places));
    }

    /** Gives every revision its writer; decides what removals without a count did. */
    private Optional<Finding.Broken> owners(Set<Long> taken) {
        int[] order = ledger.byRevision();
        long last = -1;
        int owner = -1;
        for (int entry : order) {
            purse.step();
            long revision = ledger.revision(entry);
            int op = ledger.operation(entry);
            int kind = ledger.kind(entry);
            if (kind == Ledger.REMOVED && revision == last && op != owner) {
                ledger.kind(entry, Ledger.EQUAL);
            } else if (kind == Ledger.SET || kind == Ledger.REMOVED) {
                if (revision == last && op != owner) {
                    return Optional.of(sharedRevision(owner, op));
                }
                ledger.kind(entry, Ledger.SET);
                writes[op] = true;
                taken.add(revision);
                last = revision;
                owner = op;
            }
        }
        return Optional.empty();
    }

    private Finding.Broken sharedRevision(int one, int other) {
        String sentence =
                history.operation(one)
                        + " of client "
                        + history.operation(one).client()
                        + " and "
                        + history.operation(other)
                        + " of client "
                        + history.operation(other).client()
                        + " both changed the store at the same revision; every change makes a"
                        + " new one.";
        return new Finding.Broken("revision-used-twice", sentence, other, one, other);
    }

    private Optional<Finding.Broken> order() {
        for (int op = 0; op < history.size(); op++) {
            purse.step();
            if (history.isOk(op) && !history.function(op).equals("get-serializable")) {
                Optional<Finding.Broken> broken = realTime.check(op, writes[op]);
                if (broken.isPresent()) {
                    return broken;
                }
            }
        }
        return Optional.empty();
    }

    /** Replays all keys, in slabs whose cut doesn't depend on how many are replayed at a time. */
    private Optional<Finding.Broken> values(Demands demands) {
        int[] order = ledger.byKey();
        List<Supplier<Slab>> tasks = new ArrayList<>();
        int enough = Math.max(SLAB_LEAST, order.length / SLABS);
        int from = 0;
        while (from < order.length) {
            int end = keyEnd(order, Math.min(order.length, from + enough) - 1);
            int begin = from;
            tasks.add(() -> purse.apart(own -> slab(order, begin, end, own)));
            from = end;
        }
        for (Slab slab : parallel.all(tasks)) {
            demands.addAll(slab.demands());
            if (slab.broken().isPresent()) {
                return slab.broken();
            }
        }
        return Optional.empty();
    }

    /** What came of some of the keys: the first that is broken, or all that they ask for. */
    private record Slab(List<Demands.Demand> demands, Optional<Finding.Broken> broken) {}

    private Slab slab(int[] order, int begin, int end, Purse own) {
        List<Demands.Demand> demands = new ArrayList<>();
        KeyReplay replay = new KeyReplay(history, ledger, realTime, demands, own);
        int from = begin;
        while (from < end) {
            int to = keyEnd(order, from);
            Optional<Finding.Broken> broken = replay.replay(order, from, to);
            if (broken.isPresent()) {
                return new Slab(demands, broken);
            }
            from = to;
        }
        return new Slab(demands, Optional.empty());
    }

    /** The place behind the last entry of the key that is at this place. */
    private int keyEnd(int[] order, int place) {
        int end = place + 1;
        while (end < order.length && ledger.key(order[end]) == ledger.key(order[place])) {
            end++;
        }
        return end;
    }

    private int[] order(List<Demands.Placed> places) {
        List<Demands.Placed> order = new ArrayList<>(places);
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op) && !history.function(op).equals("get-serializable")) {
                order.add(new Demands.Placed(op, history.revision(op)));
            }
        }
        purse.look();
        order.sort(
                (a, b) ->
                        a.revision() != b.revision()
                                ? Long.compare(a.revision(), b.revision())
                                : Boolean.compare(isRead(a.op()), isRead(b.op())));
        return order.stream().mapToInt(Demands.Placed::op).toArray();
    }

    private boolean isRead(int op) {
        return history.isOk(op) && !writes[op];
    }
}
