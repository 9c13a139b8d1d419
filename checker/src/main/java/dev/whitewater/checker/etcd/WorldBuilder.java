package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.RealTime;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Lays out what a history's answers tell, key by key ({@link World}). */
final class WorldBuilder {
    /** More conditions than this are too many to hold. */
    private static final long CONDITIONS_MAX = 20_000_000;

    /** What a change or condition takes of the heap, about. */
    private static final int BYTES = 100;

    private final History history;
    private final Schedule schedule;
    private final Revisions revisions;
    private final RealTime realTime;
    private final Purse purse;
    private final TreeMap<String, KeyLine> lines = new TreeMap<>();

    /** Which keys were ever attached to a lease. */
    private final Map<Long, Set<KeyLine>> leased = new LinkedHashMap<>();

    private final Leases leases = new Leases();
    private long size;
    private boolean fits = true;

    WorldBuilder(
            History history,
            RealTime realTime,
            Schedule schedule,
            Revisions revisions,
            Purse purse) {
        this.history = history;
        this.realTime = realTime;
        this.schedule = schedule;
        this.revisions = revisions;
        this.purse = purse;
    }

    /** Nothing if some answers tell too little, or too much, to be laid out. */
    Optional<World> build(List<Hidden> hidden, long start) {
        for (int i = 0; i < schedule.size(); i++) {
            purse.step();
            Operation operation = operation(i);
            Request request = Messages.request(operation);
            Reply reply = Messages.reply(operation, request);
            name(request);
            Claim.told(request, reply).forEach(kv -> name(kv.key()));
            leases.learn(request, reply, schedule.revision(i));
            if (request instanceof Request.Grant(long lease)) {
                leases.granted(lease);
            }
        }
        for (Hidden one : hidden) {
            name(one.request());
            if (!one.expiry() && one.request() instanceof Request.Grant(long lease)) {
                leases.granted(lease);
            }
        }
        long[] free = free(start);
        List<List<Filling>> ways = new ArrayList<>();
        for (int i = 0; i < hidden.size() && fits; i++) {
            purse.step();
            ways.add(ways(i, hidden.get(i)));
        }
        for (int i = 0; i < schedule.size() && fits; i++) {
            purse.step();
            answer(i, ways);
        }
        purse.take(size * BYTES);
        if (!fits) {
            return Optional.empty();
        }
        lines.values().forEach(KeyLine::sort);
        for (List<Filling> all : ways) {
            for (Filling way : all) {
                way.parts().stream()
                        .map(Filling.Part::line)
                        .distinct()
                        .forEach(line -> line.fillings.add(way));
            }
        }
        return Optional.of(new World(new ArrayList<>(lines.values()), ways, free));
    }

    private Operation operation(int place) {
        return history.operation(schedule.operation(place));
    }

    private long[] free(long start) {
        long last = schedule.size() == 0 ? start : schedule.revision(schedule.size() - 1);
        long count = revisions.free(start, last);
        if (count > history.size()) {
            fits = false;
            return new long[0];
        }
        long[] free = new long[(int) count];
        int size = 0;
        for (long at = start + 1; at <= last && size < count; at++) {
            if (revisions.isFree(at)) {
                free[size++] = at;
            }
        }
        return free;
    }

    // ---- keys

    private void name(String key) {
        if (!key.isEmpty()) {
            lines.computeIfAbsent(key, KeyLine::new);
        }
    }

    private void name(Request request) {
        switch (request) {
            case Request.Put put -> {
                name(put.key());
                if (put.lease() > 0) {
                    leased.computeIfAbsent(put.lease(), _ -> new LinkedHashSet<>())
                            .add(lines.get(put.key()));
                }
            }
            case Request.Txn txn -> {
                txn.compares().forEach(compare -> name(compare.key()));
                txn.then().forEach(this::name);
                txn.otherwise().forEach(this::name);
            }
            case Request.Delete delete when delete.end().isEmpty() -> name(delete.key());
            case Request.Range range when range.end().isEmpty() -> name(range.key());
            case Request.Delete _,
                    Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.Revoke _,
                    Request.KeepAlive _,
                    Request.Access _ -> {
                // names no key
            }
        }
    }

    private List<KeyLine> within(String key, String end) {
        if (end.isEmpty()) {
            return List.of(lines.get(key));
        }
        if (end.equals("\0")) {
            return new ArrayList<>(lines.tailMap(key).values());
        }
        return key.compareTo(end) < 0
                ? new ArrayList<>(lines.subMap(key, end).values())
                : List.of();
    }

    private List<KeyLine> attached(long lease) {
        return new ArrayList<>(leased.getOrDefault(lease, Collections.emptySet()));
    }

    // ---- what unanswered changes may have done

    private List<Filling> ways(int number, Hidden hidden) {
        List<Filling> ways = new ArrayList<>();
        if (!(hidden.request() instanceof Request.Txn txn)) {
            addWay(ways, number, hidden, List.of(hidden.request()), new ArrayList<>());
            return ways;
        }
        List<KeyLine> compared = new ArrayList<>();
        List<Look> looks = new ArrayList<>();
        List<Filling.Need> all = new ArrayList<>();
        for (Request.Compare compare : txn.compares()) {
            if (!compare.end().isEmpty()) {
                fits = false;
                return ways;
            }
            KeyLine line = lines.get(compare.key());
            compared.add(line);
            looks.add(Look.of(compare, true));
            all.add(new Filling.NeedLook(line, looks.getLast()));
        }
        addWay(ways, number, hidden, txn.then(), all);
        if (!compared.isEmpty()) {
            List<Filling.Need> other = new ArrayList<>();
            other.add(new Filling.NeedSum(compared, new Condition.NotAll(looks)));
            addWay(ways, number, hidden, txn.otherwise(), other);
        }
        return ways;
    }

    private void addWay(
            List<Filling> ways,
            int number,
            Hidden hidden,
            List<Request> steps,
            List<Filling.Need> needs) {
        List<Filling.Part> parts = new ArrayList<>();
        boolean puts = false;
        List<KeyLine> removed = new ArrayList<>();
        long lease = 0;
        long latest = Long.MAX_VALUE;
        for (Request step : steps) {
            switch (step) {
                case Request.Put put -> {
                    puts = true;
                    latest = Math.min(latest, leases.end(put.lease()));
                    KeyLine.Write write = new KeyLine.Put(put.value(), put.lease());
                    parts.add(new Filling.Part(lines.get(put.key()), write));
                }
                case Request.Delete delete -> removed.addAll(within(delete.key(), delete.end()));
                case Request.Revoke revoke -> {
                    lease = revoke.lease();
                    removed.addAll(attached(lease));
                }
                case Request.Txn _ -> fits = false;
                case Request.Range _,
                        Request.Compact _,
                        Request.Grant _,
                        Request.KeepAlive _,
                        Request.Access _ -> {
                    // changes nothing
                }
            }
        }
        boolean ended = lease > 0;
        for (KeyLine line : removed) {
            parts.add(new Filling.Part(line, ended ? new KeyLine.Ended(lease) : KeyLine.GONE));
        }
        count(parts.size());
        fits &= !puts || removed.isEmpty();
        if (!parts.isEmpty() && !(ended && leases.isRevoked(lease))) {
            if (!puts) {
                needs.add(effect(removed, lease));
            }
            long after = Math.max(hidden.floor(), leases.lastUse(lease));
            ways.add(new Filling(number, hidden, after, latest, parts, needs));
        }
    }

    private static Filling.Need effect(List<KeyLine> removed, long lease) {
        return lease == 0 && removed.size() == 1
                ? new Filling.NeedLook(removed.getFirst(), Look.PRESENT)
                : new Filling.NeedSum(removed, new Condition.Some(lease));
    }

    private void count(long more) {
        size += more;
        fits &= size <= CONDITIONS_MAX;
    }

    // ---- what answered operations did and saw

    private void answer(int place, List<List<Filling>> ways) {
        Operation operation = operation(place);
        Request request = Messages.request(operation);
        Reply reply = Messages.reply(operation, request);
        if (Moments.judges(operation, request, reply) || reply instanceof Reply.Failed) {
            return;
        }
        long revision = schedule.revision(place);
        if (schedule.kind(place) == Kinds.PERHAPS) {
            perhaps(operation.id(), request, revision, ways);
            return;
        }
        boolean reader = schedule.kind(place) == Kinds.READER;
        new Told(operation.id(), reader ? revision : revision - 1, revision).answer(request, reply);
    }

    /**
     * A removal that may have found nothing: then nothing is there at its revision. Else it is the
     * one that may have made that, as an unanswered one would.
     */
    private void perhaps(int op, Request request, long revision, List<List<Filling>> ways) {
        List<KeyLine> removed;
        long lease = 0;
        switch (request) {
            case Request.Delete delete -> removed = within(delete.key(), delete.end());
            case Request.Revoke revoke -> {
                lease = revoke.lease();
                removed = attached(lease);
            }
            default -> {
                fits = false;
                return;
            }
        }
        KeyLine.Write write = lease == 0 ? KeyLine.GONE : new KeyLine.Ended(lease);
        count(2L * removed.size());
        if (removed.isEmpty() || !fits) {
            return;
        }
        Condition none = new Condition.Tally(revision, op, removed, new Condition.None(lease));
        removed.forEach(line -> line.see(none));
        if (revisions.isFree(revision) && realTime.floor(op) < revision) {
            List<Filling.Part> parts =
                    removed.stream().map(line -> new Filling.Part(line, write)).toList();
            Hidden self = new Hidden(op, lease > 0, request, revision - 1);
            List<Filling.Need> needs = List.of(effect(removed, lease));
            ways.add(List.of(new Filling(ways.size(), self, revision - 1, revision, parts, needs)));
        }
    }

    /** One answered operation, part by part. */
    private final class Told {
        private final int op;
        private final long before;
        private final long revision;
        private final Set<KeyLine> written = new LinkedHashSet<>();

        Told(int op, long before, long revision) {
            this.op = op;
            this.before = before;
            this.revision = revision;
        }

        void answer(Request request, Reply reply) {
            switch (request) {
                case Request.Range range -> {
                    if (reply instanceof Reply.Found found) {
                        range(range, found);
                    }
                }
                case Request.Put put ->
                        write(lines.get(put.key()), new KeyLine.Put(put.value(), put.lease()));
                case Request.Delete delete -> delete(delete, reply);
                case Request.Txn txn -> txn(txn, reply);
                case Request.Revoke _,
                        Request.Compact _,
                        Request.Grant _,
                        Request.KeepAlive _,
                        Request.Access _ -> {
                    // changes and sees no key
                }
            }
        }

        private void write(KeyLine line, KeyLine.Write write) {
            count(1);
            written.add(line);
            line.insert(new KeyLine.Change(revision, write, op));
        }

        private void see(KeyLine line, Look look, long at) {
            if (!written.contains(line)) {
                count(1);
                line.see(new Condition.Sight(at, op, line, look));
            }
        }

        private void see(List<KeyLine> all, Condition.Sum sum, long at) {
            count(all.size());
            if (fits && all.stream().noneMatch(written::contains)) {
                Condition tally = new Condition.Tally(at, op, all, sum);
                all.forEach(line -> line.see(tally));
            }
        }

        private void range(Request.Range range, Reply.Found found) {
            long at = range.at() > 0 ? range.at() : before;
            Set<String> named = new LinkedHashSet<>();
            for (Kv kv : found.keys()) {
                boolean asked = Request.covers(range.key(), range.end(), kv.key());
                boolean once = named.add(kv.key());
                see(lines.get(kv.key()), asked && once ? new Look.Told(kv) : Look.NEVER, at);
            }
            boolean cut = range.limit() > 0 && found.keys().size() >= range.limit();
            String last = cut && found.told() ? found.keys().getLast().key() : "";
            List<KeyLine> all = within(range.key(), range.end());
            count(found.told() ? 0 : all.size());
            for (KeyLine line : found.told() ? all : List.<KeyLine>of()) {
                if (!named.contains(line.key) && (!cut || line.key.compareTo(last) < 0)) {
                    see(line, Look.ABSENT, at);
                }
            }
            boolean counts = !found.told() || cut || found.count() != found.keys().size();
            if (found.count() >= 0 && counts) {
                counted(all, found.count(), at);
            }
        }

        private void counted(List<KeyLine> all, long count, long at) {
            if (all.size() == 1 && count <= 1) {
                see(all.getFirst(), count == 1 ? Look.PRESENT : Look.ABSENT, at);
            } else if (!all.isEmpty()) {
                see(all, new Condition.Count(count), at);
            }
        }

        private void delete(Request.Delete delete, Reply reply) {
            List<KeyLine> all = within(delete.key(), delete.end());
            if (reply instanceof Reply.Deleted(long count) && count >= 0) {
                counted(all, count, before);
            }
            if (before < revision) {
                all.forEach(line -> write(line, KeyLine.GONE));
            }
        }

        private void txn(Request.Txn txn, Reply reply) {
            if (!(reply instanceof Reply.Branch branch) || branch.succeeded() < 0) {
                fits = false;
                return;
            }
            compare(txn, branch.succeeded() == 1);
            List<Request> steps = branch.succeeded() == 1 ? txn.then() : txn.otherwise();
            for (int i = 0; i < steps.size(); i++) {
                Reply part = i < branch.replies().size() ? branch.replies().get(i) : Reply.UNTOLD;
                answer(steps.get(i), part);
            }
        }

        private void compare(Request.Txn txn, boolean all) {
            List<KeyLine> compared = new ArrayList<>();
            List<Look> looks = new ArrayList<>();
            for (Request.Compare compare : txn.compares()) {
                if (!compare.end().isEmpty()) {
                    fits = false;
                    return;
                }
                compared.add(lines.get(compare.key()));
                looks.add(Look.of(compare, true));
                if (all) {
                    see(compared.getLast(), looks.getLast(), before);
                }
            }
            if (!all && compared.size() == 1) {
                see(compared.getFirst(), Look.of(txn.compares().getFirst(), false), before);
            } else if (!all && !compared.isEmpty()) {
                see(compared, new Condition.NotAll(looks), before);
            }
        }
    }
}
