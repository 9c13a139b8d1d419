package dev.whitewater.checker.etcd;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * etcd's store with all that its answers may depend on: keys with their numbers, the revision, what
 * was before, what is compacted, and leases. It executes a request and says where the reply is not
 * the one it would have given.
 */
final class Store {
    private final TreeMap<String, Kv> live = new TreeMap<>();
    private final Map<String, List<Kv>> past = new LinkedHashMap<>();
    private final TreeMap<Long, TreeSet<String>> attached = new TreeMap<>();
    private final TreeSet<Long> granted = new TreeSet<>();

    /** Leases that were granted while they were there: when they are is not known. */
    private final TreeSet<Long> again = new TreeSet<>();

    private final boolean remembers;

    /** Whether leases are granted in this history, so that using an unknown one is wrong. */
    private boolean leased;

    private long revision;
    private long compacted;

    private long changes;
    private long writing;

    /**
     * An empty store.
     *
     * @param remembers whether old revisions will be read
     */
    Store(long revision, boolean remembers) {
        this.revision = revision;
        this.remembers = remembers;
    }

    Store copy() {
        Store copy = new Store(revision, remembers);
        copy.live.putAll(live);
        past.forEach((key, versions) -> copy.past.put(key, new ArrayList<>(versions)));
        attached.forEach((lease, keys) -> copy.attached.put(lease, new TreeSet<>(keys)));
        copy.granted.addAll(granted);
        copy.again.addAll(again);
        copy.compacted = compacted;
        copy.leased = leased;
        return copy;
    }

    long revision() {
        return revision;
    }

    /** Goes on to a revision that others reached. */
    void revision(long now) {
        revision = now;
    }

    Collection<String> keysOf(long lease) {
        return attached.getOrDefault(lease, new TreeSet<>());
    }

    // ---- one request after the other

    /** Executes; {@code at} is the revision that a change gets, 0 for the next one. */
    Mismatch execute(Request request, Reply reply, long at) {
        long before = changes;
        writing = at == 0 ? revision + 1 : at;
        Mismatch mismatch = run(request, reply);
        if (changes > before) {
            revision = writing;
        }
        return mismatch;
    }

    /** How many changes there were so far; more than before an execution if that made any. */
    long changes() {
        return changes;
    }

    private void set(String key, Kv next) {
        changes++;
        place(key, next);
        remember(key, next);
    }

    private void remember(String key, Kv next) {
        if (remembers) {
            Kv version =
                    next != null ? next : new Kv(key, Kv.UNTOLD_VALUE, 0, writing, /* gone */ 0, 0);
            past.computeIfAbsent(key, _ -> new ArrayList<>()).add(version);
        }
    }

    private void place(String key, Kv next) {
        Kv before = next == null ? live.remove(key) : live.put(key, next);
        if (before != null && before.lease() > 0) {
            attached.get(before.lease()).remove(key);
        }
        if (next != null && next.lease() > 0) {
            attached.computeIfAbsent(next.lease(), _ -> new TreeSet<>()).add(key);
        }
    }

    // ---- requests

    private Mismatch run(Request request, Reply reply) {
        if (Reply.isDenied(reply)) {
            return Mismatch.NONE;
        }
        return switch (request) {
            case Request.Range range -> range(range, reply);
            case Request.Put put -> put(put);
            case Request.Delete delete -> delete(delete, reply);
            case Request.Txn txn -> txn(decide(txn), reply);
            case Request.Compact(long at) -> {
                compacted = Math.max(compacted, at);
                yield Mismatch.NONE;
            }
            case Request.Grant(long lease) -> {
                if (!granted.add(lease)) {
                    again.add(lease);
                }
                leased = true;
                yield Mismatch.NONE;
            }
            case Request.Revoke(long lease) -> revoke(lease, reply);
            case Request.KeepAlive(long lease) -> keep(lease, reply);
            case Request.Access _ -> Mismatch.NONE;
        };
    }

    private Mismatch put(Request.Put put) {
        if (put.lease() > 0 && leased && !granted.contains(put.lease())) {
            return new Mismatch(put.key(), "lease " + put.lease() + " was not there");
        }
        Kv before = live.get(put.key());
        long create = before == null ? writing : before.create();
        long version = before == null ? 1 : before.version() + 1;
        set(put.key(), new Kv(put.key(), put.value(), create, writing, version, put.lease()));
        return Mismatch.NONE;
    }

    private Mismatch delete(Request.Delete delete, Reply reply) {
        List<String> keys =
                delete.end().isEmpty()
                        ? live.containsKey(delete.key()) ? List.of(delete.key()) : List.of()
                        : new ArrayList<>(within(delete.key(), delete.end()).keySet());
        for (String key : keys) {
            set(key, null);
        }
        if (reply instanceof Reply.Deleted(long count) && count >= 0 && count != keys.size()) {
            return new Mismatch(
                    delete.end().isEmpty() ? delete.key() : "",
                    "it removed " + count + " keys while there were " + keys.size(),
                    Long.compare(keys.size(), count));
        }
        return Mismatch.NONE;
    }

    private Mismatch revoke(long lease, Reply reply) {
        boolean refused = reply instanceof Reply.Failed;
        if (refused && keysOf(lease).isEmpty()) {
            // Its time may have been over: without a key its end makes no revision to be seen by.
            return Mismatch.NONE;
        }
        boolean counts = !again.contains(lease);
        boolean known = counts && granted.remove(lease);
        for (String key : List.copyOf(keysOf(lease))) {
            set(key, null);
        }
        return counts && known == refused && !granted.isEmpty()
                ? new Mismatch("", "lease " + lease + (known ? " was there" : " was gone"))
                : Mismatch.NONE;
    }

    private Mismatch keep(long lease, Reply reply) {
        boolean refused = reply instanceof Reply.Failed;
        return !again.contains(lease) && granted.contains(lease) == refused
                ? new Mismatch("", "lease " + lease + (refused ? " was there" : " was gone"))
                : Mismatch.NONE;
    }

    // ---- reads

    private SortedMap<String, Kv> within(String key, String end) {
        if (end.isEmpty()) {
            return live.subMap(key, true, key, true);
        }
        return end.equals("\0")
                ? live.tailMap(key)
                : key.compareTo(end) < 0 ? live.subMap(key, end) : new TreeMap<>();
    }

    private Mismatch range(Request.Range range, Reply reply) {
        if (range.at() > 0) {
            boolean gone = range.at() < compacted;
            boolean future = range.at() > revision;
            if (reply instanceof Reply.Failed(String error)) {
                boolean right = error.equals("compacted") ? gone : future;
                return right
                        ? Mismatch.NONE
                        : new Mismatch("", "revision " + range.at() + " was not " + error);
            }
            if (gone || future) {
                String why = gone ? " was compacted" : " was yet to come";
                return new Mismatch("", "revision " + range.at() + why);
            }
        }
        return reply instanceof Reply.Found found
                ? compare(range.at() > 0 ? before(range) : current(range), range, found)
                : Mismatch.NONE;
    }

    private Collection<Kv> current(Request.Range range) {
        if (range.end().isEmpty()) {
            Kv held = live.get(range.key());
            return held == null ? List.of() : List.of(held);
        }
        return within(range.key(), range.end()).values();
    }

    /** What the range held at an older revision. */
    private Collection<Kv> before(Request.Range range) {
        TreeMap<String, Kv> then = new TreeMap<>();
        past.forEach(
                (key, versions) -> {
                    if (Request.covers(range.key(), range.end(), key)) {
                        Kv newest = newest(versions, range.at());
                        if (newest != null && newest.version() != 0) {
                            then.put(key, newest);
                        }
                    }
                });
        return then.values();
    }

    private static Kv newest(List<Kv> versions, long at) {
        int low = 0;
        int high = versions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (versions.get(middle).mod() <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : versions.get(low - 1);
    }

    private static Mismatch compare(Collection<Kv> held, Request.Range range, Reply.Found found) {
        if (found.told()) {
            int place = 0;
            for (Kv kv : held) {
                if (range.limit() > 0 && place == range.limit()) {
                    break;
                }
                Kv told = place < found.keys().size() ? found.keys().get(place) : null;
                if (told == null || told.key().compareTo(kv.key()) > 0) {
                    return new Mismatch(kv.key(), "the store held " + kv);
                }
                if (!told.key().equals(kv.key())) {
                    return new Mismatch(told.key(), "the store did not hold " + told.key());
                }
                if (!told.tellsOf(kv)) {
                    return new Mismatch(kv.key(), "the store held " + kv + ", not " + told);
                }
                place++;
            }
            if (place < found.keys().size()) {
                String extra = found.keys().get(place).key();
                return new Mismatch(extra, "the store did not hold " + extra);
            }
        }
        if (found.count() >= 0 && found.count() != held.size()) {
            String why = "it counted " + found.count() + " keys where " + held.size() + " were";
            return new Mismatch("", why, Long.compare(held.size(), found.count()));
        }
        boolean more = range.limit() > 0 && held.size() > range.limit();
        return found.more() >= 0 && (found.more() == 1) != more
                ? new Mismatch("", more ? "the limit cut keys off" : "the limit cut nothing off")
                : Mismatch.NONE;
    }

    // ---- transactions

    /**
     * Which way a transaction goes, and those inside it on that way.
     *
     * @param failing the first comparison that doesn't hold, if there is one
     */
    private record Decision(Request.Txn txn, List<Request.Compare> failing, List<Decision> nested) {
        List<Request> steps() {
            return failing.isEmpty() ? txn.then() : txn.otherwise();
        }
    }

    /**
     * All comparisons, those of nested transactions as well, are judged on the store before the
     * first change, as etcd does it (compareToPath in its apply.go).
     */
    private Decision decide(Request.Txn txn) {
        List<Request.Compare> failing = List.of();
        for (Request.Compare compare : txn.compares()) {
            if (!holds(compare)) {
                failing = List.of(compare);
                break;
            }
        }
        List<Decision> nested = List.of();
        for (Request step : failing.isEmpty() ? txn.then() : txn.otherwise()) {
            if (step instanceof Request.Txn inner) {
                nested = nested.isEmpty() ? new ArrayList<>() : nested;
                nested.add(decide(inner));
            }
        }
        return new Decision(txn, failing, nested);
    }

    private Mismatch txn(Decision decision, Reply reply) {
        List<Reply> replies = List.of();
        if (reply instanceof Reply.Branch(int told, List<Reply> parts)) {
            if (told >= 0 && (told == 1) != decision.failing().isEmpty()) {
                return otherWay(decision);
            }
            replies = parts;
        }
        List<Request> steps = decision.steps();
        Mismatch first = Mismatch.NONE;
        int nested = 0;
        for (int i = 0; i < steps.size(); i++) {
            Reply part = i < replies.size() ? replies.get(i) : Reply.UNTOLD;
            Mismatch mismatch =
                    steps.get(i) instanceof Request.Txn
                            ? txn(decision.nested().get(nested++), part)
                            : run(steps.get(i), part);
            first = first.isNone() ? mismatch : first;
        }
        return first;
    }

    private Mismatch otherWay(Decision decision) {
        List<Request.Compare> compares = decision.txn().compares();
        if (decision.failing().isEmpty()) {
            String key = compares.isEmpty() ? "" : compares.getFirst().key();
            return new Mismatch(key, "all its comparisons held");
        }
        String key = decision.failing().getFirst().key();
        return new Mismatch(key, "its comparison with " + key + " did not hold: " + shown(key));
    }

    private String shown(String key) {
        Kv held = live.get(key);
        return held == null ? "the store did not hold it" : "the store held " + held;
    }

    private boolean holds(Request.Compare compare) {
        if (!compare.end().isEmpty()) {
            Collection<Kv> all = within(compare.key(), compare.end()).values();
            if (!all.isEmpty()) {
                return all.stream().allMatch(kv -> holds(compare, kv));
            }
        }
        return holdsFor(compare, live.get(compare.key()));
    }

    /** Whether a comparison holds for one key; null is an absent one. */
    static boolean holdsFor(Request.Compare compare, Kv held) {
        if (held == null) {
            return compare.target() != Request.Target.VALUE
                    && holds(compare, new Kv(compare.key(), Kv.UNTOLD_VALUE, 0, 0, 0, 0));
        }
        return holds(compare, held);
    }

    private static boolean holds(Request.Compare compare, Kv held) {
        if (compare.target() == Request.Target.VALUE) {
            int order = Messages.text(held.value()).compareTo(Messages.text(compare.to()));
            return holds(compare.relation(), order);
        }
        long number =
                switch (compare.target()) {
                    case VERSION -> held.version();
                    case CREATE -> held.create();
                    case MOD -> held.mod();
                    case LEASE -> held.lease();
                    case VALUE -> throw new IllegalStateException("values are no numbers");
                };
        long to = compare.to() instanceof Value.Int(long told) ? told : 0;
        return holds(compare.relation(), Long.compare(number, to));
    }

    private static boolean holds(Request.Relation relation, int order) {
        return switch (relation) {
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Store store
                && revision == store.revision
                && compacted == store.compacted
                && live.equals(store.live)
                && granted.equals(store.granted)
                && past.equals(store.past);
    }

    @Override
    public int hashCode() {
        return Objects.hash(revision, compacted, live, granted);
    }

    @Override
    public String toString() {
        return "revision " + revision + " " + live.values();
    }
}
