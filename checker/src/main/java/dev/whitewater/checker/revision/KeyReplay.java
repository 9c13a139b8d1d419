package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replays one key in the order of revisions: every claim must agree with the newest change at or
 * before its revision. Where it doesn't, an unanswered write may have come between; then that write
 * is asked for a place ({@link Demands}).
 */
final class KeyReplay {
    private static final int NOBODY = -1;

    private final History history;
    private final Ledger ledger;
    private final RealTime realTime;
    private final List<Demands.Demand> demands;
    private final Purse purse;

    private int value;
    private int setter;
    private long since;
    private long seenUntil;
    private final List<Integer> maybes = new ArrayList<>();

    KeyReplay(
            History history,
            Ledger ledger,
            RealTime realTime,
            List<Demands.Demand> demands,
            Purse purse) {
        this.history = history;
        this.ledger = ledger;
        this.realTime = realTime;
        this.demands = demands;
        this.purse = purse;
    }

    /** Replays the entries {@code order[from..to)}, all of one key. */
    Optional<Finding.Broken> replay(int[] order, int from, int to) {
        value = 0;
        setter = NOBODY;
        since = 0;
        seenUntil = 0;
        maybes.clear();
        for (int i = to - 1; i >= from && ledger.kind(order[i]) == Ledger.MAYBE; i--) {
            maybes.add(order[i]);
        }
        maybes.sort(
                (a, b) ->
                        Long.compare(
                                realTime.floor(ledger.operation(a)),
                                realTime.floor(ledger.operation(b))));
        for (int i = from; i < to; i++) {
            purse.step();
            int entry = order[i];
            switch (ledger.kind(entry)) {
                case Ledger.SET -> {
                    value = ledger.value(entry);
                    setter = ledger.operation(entry);
                    since = ledger.revision(entry);
                    seenUntil = since;
                }
                case Ledger.EQUAL, Ledger.DIFFERENT -> {
                    if (!agrees(entry) && !explained(entry)) {
                        return Optional.of(broken(entry));
                    }
                    if (ledger.kind(entry) == Ledger.EQUAL) {
                        seenUntil = ledger.revision(entry);
                    }
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private boolean agrees(int entry) {
        return (value == ledger.value(entry)) == (ledger.kind(entry) == Ledger.EQUAL);
    }

    /**
     * Whether an unanswered write can have made the claim true. A claim that the value was another
     * one doesn't tell which write it was, so it asks for no place.
     */
    private boolean explained(int entry) {
        for (int i = 0; i < maybes.size(); i++) {
            purse.step();
            int maybe = maybes.get(i);
            int op = ledger.operation(maybe);
            boolean right =
                    (ledger.value(maybe) == ledger.value(entry))
                            == (ledger.kind(entry) == Ledger.EQUAL);
            long low = Math.max(seenUntil, realTime.floor(op));
            if (right
                    && low < ledger.revision(entry)
                    && history.call(op) < history.completion(ledger.operation(entry))) {
                if (ledger.kind(entry) == Ledger.DIFFERENT) {
                    return true;
                }
                demands.add(
                        new Demands.Demand(
                                op, ledger.operation(entry), low, ledger.revision(entry)));
                maybes.remove(/* index */ i);
                value = ledger.value(maybe);
                setter = op;
                since = low;
                return true;
            }
        }
        return false;
    }

    private Finding.Broken broken(int entry) {
        int op = ledger.operation(entry);
        boolean equal = ledger.kind(entry) == Ledger.EQUAL;
        String claim =
                history.operation(op)
                        + " of client "
                        + history.operation(op).client()
                        + (equal ? " found " : " found another value than ")
                        + history.value(ledger.value(entry))
                        + " at revision "
                        + ledger.revision(entry);
        String fact =
                setter == NOBODY
                        ? "nobody had set the key by then, so there was no value"
                        : "the newest change of the key by then is "
                                + history.operation(setter)
                                + " of client "
                                + history.operation(setter).client()
                                + ", so the value was "
                                + history.value(value);
        String sentence = claim + "; but " + fact + ".";
        return setter == NOBODY
                ? new Finding.Broken("wrong-value", sentence, op, op)
                : new Finding.Broken("wrong-value", sentence, op, setter, op);
    }
}
