package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.RealTime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Unanswered changes and the revisions they are guessed to have made. What answers tell of a
 * revision that no answered change made (a key's mod) names its maker; other guesses come one by
 * one, when an answer disagrees with the store.
 */
final class Guesses {
    /** How many revisions are tried for one change, from the latest back. */
    private static final int PLACES_TRIED = 24;

    private static final int PLACES_LOOKED_AT = 2048;

    /** How many changes are moved away to make room for one, and how many ways for each. */
    private static final int DISPLACED_TRIED = 6;

    private final History history;
    private final Revisions revisions;
    private final List<Hidden> all = new ArrayList<>();

    /** Single keys to the changes of them; changes of many keys apart. */
    private final TreeMap<String, List<Hidden>> byKey = new TreeMap<>();

    private final List<Hidden> ofMany = new ArrayList<>();
    private final Map<Long, Hidden> expiries = new LinkedHashMap<>();
    private final TreeMap<Long, Hidden> makers = new TreeMap<>();
    private final Map<Hidden, Long> places = new LinkedHashMap<>();

    /** What answers tell of revisions that no answered change made. */
    private final Map<Long, Kv> facts = new LinkedHashMap<>();

    /** One guess: this change made that revision; 0: it made none. */
    record Guess(Hidden hidden, long revision) {}

    /** Unanswered changes of a history whose store began empty at revision {@code start}. */
    Guesses(History history, RealTime realTime, Revisions revisions, long start) {
        this.history = history;
        this.revisions = revisions;
        for (int op = 0; op < history.size(); op++) {
            if (history.isFail(op)) {
                continue;
            }
            if (history.function(op).equals("lease-grant")) {
                grant(op, Math.max(start, realTime.floor(op)));
            } else if (!history.isOk(op)) {
                add(op, Math.max(start, realTime.floor(op)));
            }
        }
    }

    private void grant(int op, long floor) {
        if (Messages.request(history.operation(op)) instanceof Request.Grant(long lease)) {
            Hidden expiry = new Hidden(op, true, new Request.Revoke(lease), floor);
            expiries.putIfAbsent(lease, expiry);
            all.add(expiry);
        }
    }

    private void add(int op, long floor) {
        Request request = Messages.request(history.operation(op));
        if (!Hidden.writes(request)) {
            return;
        }
        Hidden hidden = new Hidden(op, false, request, floor);
        all.add(hidden);
        List<String> keys = hidden.keys();
        for (String key : keys) {
            byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(hidden);
        }
        if (keys.isEmpty()) {
            ofMany.add(hidden);
        }
    }

    List<Hidden> all() {
        return all;
    }

    /** The guessed makers of revisions after one and up to another. */
    SortedMap<Long, Hidden> between(long low, long high) {
        return makers.subMap(low, false, high, true);
    }

    /** How many changes have a revision. */
    int made() {
        return makers.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    // ---- facts

    /** Notes what an answer tells of a revision that no answered change made. */
    void learn(Request request, Reply reply) {
        if (reply instanceof Reply.Untold || reply instanceof Reply.Deleted) {
            return;
        }
        for (Kv kv : Claim.told(request, reply)) {
            if (kv.mod() > 0 && revisions.isFree(kv.mod())) {
                facts.merge(kv.mod(), kv, Guesses::better);
            }
            if (kv.create() > 0 && kv.create() != kv.mod() && revisions.isFree(kv.create())) {
                Kv birth = new Kv(kv.key(), Kv.UNTOLD_VALUE, kv.create(), kv.create(), 1, -1);
                facts.merge(kv.create(), birth, Guesses::better);
            }
        }
    }

    private static Kv better(Kv one, Kv other) {
        return one.value().equals(Kv.UNTOLD_VALUE) ? other : one;
    }

    /** Makes a guess of every fact that one change only can explain, or the first that can. */
    void guessByFacts() {
        facts.forEach(
                (revision, kv) -> {
                    for (Hidden hidden : touching(kv.key())) {
                        if (!places.containsKey(hidden)
                                && hidden.floor() < revision
                                && hidden.couldPut(kv)) {
                            apply(new Guess(hidden, revision));
                            return;
                        }
                    }
                });
    }

    // ---- guesses

    /** Makes a guess, and returns the one that undoes it. */
    Guess apply(Guess guess) {
        long before = places.getOrDefault(guess.hidden(), 0L);
        if (before > 0) {
            makers.remove(before);
            places.remove(guess.hidden());
        }
        if (guess.revision() > 0) {
            makers.put(guess.revision(), guess.hidden());
            places.put(guess.hidden(), guess.revision());
        }
        return new Guess(guess.hidden(), before);
    }

    /** Makes several, and returns those that undo them, to be made in that order. */
    List<Guess> apply(List<Guess> guesses) {
        List<Guess> back = new ArrayList<>();
        for (Guess guess : guesses) {
            back.addFirst(apply(guess));
        }
        return back;
    }

    /** The first revision that guesses change. */
    long changes(List<Guess> guesses) {
        long first = Long.MAX_VALUE;
        for (Guess guess : guesses) {
            first = Math.min(first, places.getOrDefault(guess.hidden(), Long.MAX_VALUE));
            first = Math.min(first, guess.revision() == 0 ? first : guess.revision());
        }
        return first;
    }

    private List<Hidden> within(Request request) {
        String key;
        String end;
        switch (request) {
            case Request.Range range -> {
                key = range.key();
                end = range.end();
            }
            case Request.Delete delete -> {
                key = delete.key();
                end = delete.end();
            }
            default -> {
                return new ArrayList<>(all);
            }
        }
        List<Hidden> found = new ArrayList<>(ofMany);
        byKey.tailMap(key, true)
                .forEach(
                        (other, changes) -> {
                            if (Request.covers(key, end, other)) {
                                found.addAll(changes);
                            }
                        });
        found.addAll(expiries.values());
        return found;
    }

    private List<Hidden> touching(String key) {
        List<Hidden> found = new ArrayList<>(byKey.getOrDefault(key, List.of()));
        for (Hidden hidden : ofMany) {
            if (hidden.touches(key)) {
                found.add(hidden);
            }
        }
        return found;
    }

    /** Guesses that may make an answer right, the likeliest first. */
    List<List<Guess>> options(Operation operation, Mismatch mismatch, Kv held, long at) {
        Claim claim = claim(operation, mismatch, held);
        List<Hidden> candidates =
                mismatch.key().isEmpty()
                        ? within(Messages.request(operation))
                        : touching(mismatch.key());
        if (held != null && expiries.containsKey(held.lease())) {
            candidates.add(expiries.get(held.lease()));
        }
        candidates.removeIf(
                hidden ->
                        !called(hidden, operation)
                                || (!places.containsKey(hidden)
                                        && !hidden.couldMend(mismatch.surplus())));
        List<List<Guess>> options = new ArrayList<>();
        for (Hidden hidden : candidates) {
            if (!places.containsKey(hidden) && claim.could(hidden)) {
                long low = Math.max(hidden.floor(), claim.earliest());
                free(hidden, low, Math.min(at, claim.latest()))
                        .forEach(place -> options.add(List.of(new Guess(hidden, place))));
            }
        }
        for (Hidden hidden : candidates) {
            if (places.containsKey(hidden)) {
                free(hidden, hidden.floor(), at)
                        .forEach(place -> options.add(List.of(new Guess(hidden, place))));
                options.add(List.of(new Guess(hidden, 0)));
            } else if (claim.could(hidden)) {
                long low = Math.max(hidden.floor(), claim.earliest());
                addDisplacing(options, hidden, low, Math.min(at, claim.latest()));
            }
        }
        return options;
    }

    /** Takes a revision from another change, for which there may be others. */
    private void addDisplacing(List<List<Guess>> options, Hidden hidden, long low, long high) {
        if (low >= high) {
            return;
        }
        int tried = 0;
        for (Map.Entry<Long, Hidden> taken :
                makers.subMap(low, false, high, true).descendingMap().entrySet()) {
            if (++tried > DISPLACED_TRIED) {
                return;
            }
            Hidden other = taken.getValue();
            Guess take = new Guess(hidden, taken.getKey());
            if (!allows(hidden, taken.getKey())) {
                continue;
            }
            free(other, other.floor(), high).stream()
                    .limit(DISPLACED_TRIED)
                    .forEach(place -> options.add(List.of(new Guess(other, place), take)));
            options.add(List.of(new Guess(other, 0), take));
        }
    }

    private boolean allows(Hidden hidden, long revision) {
        Kv fact = facts.get(revision);
        return fact == null || hidden.couldPut(fact);
    }

    private static Claim claim(Operation operation, Mismatch mismatch, Kv held) {
        Request request = Messages.request(operation);
        return Claim.of(request, Messages.reply(operation, request), mismatch.key(), held);
    }

    private boolean called(Hidden hidden, Operation operation) {
        return history.call(hidden.op()) < history.completion(operation.id());
    }

    /** Revisions that nobody made and this change might have, the latest first. */
    private List<Long> free(Hidden hidden, long low, long high) {
        List<Long> found = new ArrayList<>();
        long last = Math.max(low, high - PLACES_LOOKED_AT);
        for (long at = high; at > last && found.size() < PLACES_TRIED; at--) {
            if (revisions.isFree(at) && !makers.containsKey(at) && allows(hidden, at)) {
                found.add(at);
            }
        }
        return found;
    }

    /** Whether some unanswered change might yet explain this, by guesses that weren't tried. */
    boolean mayExplain(Operation operation, Mismatch mismatch, Kv held, long at) {
        if (mismatch.key().isEmpty()) {
            return within(Messages.request(operation)).stream()
                    .anyMatch(
                            hidden ->
                                    called(hidden, operation)
                                            && hidden.couldMend(mismatch.surplus())
                                            && revisions.free(hidden.floor(), at) > 0);
        }
        Claim claim = claim(operation, mismatch, held);
        for (Hidden hidden : all) {
            if (hidden.touches(mismatch.key())
                    && called(hidden, operation)
                    && mayExplain(claim, hidden, held, at)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What is sure whatever was guessed: a value was put at the revision it tells, and what an
     * answered change put was put over or removed after that. Everything else counts changes or
     * depends on guesses, so that several, some of them moved, may be needed to explain it.
     */
    private boolean mayExplain(Claim claim, Hidden hidden, Kv held, long at) {
        Kv told = claim.told();
        if (told != null && told.mod() > 0) {
            return !revisions.isFree(told.mod()) || hidden.couldPut(told);
        }
        boolean guessed = held != null && revisions.isFree(held.mod());
        if (guessed || claim.sort() == Claim.Sort.NUMBERS || claim.sort() == Claim.Sort.VAGUE) {
            return true;
        }
        if (held == null && !(hidden.request() instanceof Request.Put)) {
            return true;
        }
        long low = Math.max(hidden.floor(), held == null ? 0 : held.mod());
        return claim.could(hidden) && revisions.free(low, at) > 0;
    }
}
