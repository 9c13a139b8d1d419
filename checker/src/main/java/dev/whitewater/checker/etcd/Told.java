package dev.whitewater.checker.etcd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lays out what one answered operation did and saw, part by part. */
final class Told {
    private final KeyLines keys;
    private final Room room;
    private final int op;
    private final long before;
    private final long revision;
    private final Set<KeyLine> written = new LinkedHashSet<>();

    Told(KeyLines keys, Room room, int op, long before, long revision) {
        this.keys = keys;
        this.room = room;
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
                    write(keys.get(put.key()), new KeyLine.Put(put.value(), put.lease()));
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
        room.take(1);
        written.add(line);
        line.insert(KeyLine.Change.answered(revision, write, op));
    }

    /** What a step saw, unless one before it in its transaction had a hand in that. */
    private void see(KeyLine line, Look look, long at) {
        if (!written.contains(line)) {
            know(line, look, at);
        }
    }

    private void see(List<KeyLine> all, Condition.Sum sum, long at) {
        if (all.stream().noneMatch(written::contains)) {
            know(all, sum, at);
        }
    }

    private void know(KeyLine line, Look look, long at) {
        room.take(1);
        line.see(new Condition.Sight(at, op, line, look));
    }

    private void know(List<KeyLine> all, Condition.Sum sum, long at) {
        if (room.take(all.size())) {
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
            see(keys.get(kv.key()), asked && once ? new Look.Told(kv) : Look.NEVER, at);
        }
        boolean cut = range.limit() > 0 && found.keys().size() >= range.limit();
        String last = cut && found.told() ? found.keys().getLast().key() : "";
        List<KeyLine> all = keys.within(range.key(), range.end());
        room.take(found.told() ? 0 : all.size());
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
        List<KeyLine> all = keys.within(delete.key(), delete.end());
        if (reply instanceof Reply.Deleted(long count) && count >= 0) {
            counted(all, count, before);
        }
        if (before < revision) {
            all.forEach(line -> write(line, KeyLine.GONE));
        }
    }

    private void txn(Request.Txn txn, Reply reply) {
        if (!(reply instanceof Reply.Branch branch) || branch.succeeded() < 0) {
            if (Hidden.writes(txn)) {
                room.refuse(); // what it wrote depends on the way it took
            }
            return;
        }
        compare(txn, branch.succeeded() == 1);
        List<Request> steps = branch.succeeded() == 1 ? txn.then() : txn.otherwise();
        for (int i = 0; i < steps.size(); i++) {
            Reply part = i < branch.replies().size() ? branch.replies().get(i) : Reply.UNTOLD;
            answer(steps.get(i), part);
        }
    }

    /** All comparisons are of the store before the transaction, whatever is written by now. */
    private void compare(Request.Txn txn, boolean all) {
        List<Comparison> tests = new ArrayList<>();
        for (Request.Compare compare : txn.compares()) {
            tests.add(Comparison.of(compare, keys));
            if (all && !compare.end().isEmpty()) {
                know(tests.getLast().lines(), new Condition.Holds(tests.getLast()), before);
            } else if (all) {
                know(tests.getLast().lines().getFirst(), Look.of(compare, true), before);
            }
        }
        if (!all && tests.size() == 1 && tests.getFirst().compare().end().isEmpty()) {
            Comparison only = tests.getFirst();
            know(only.lines().getFirst(), Look.of(only.compare(), false), before);
        } else if (!all && !tests.isEmpty()) {
            know(Comparison.lines(tests), new Condition.NotAll(tests), before);
        }
    }

    /** All keys that an answer names. */
    static List<String> names(Request request, Reply reply) {
        return switch (reply) {
            case Reply.Found found -> found.keys().stream().map(Kv::key).toList();
            case Reply.Branch branch when request instanceof Request.Txn txn -> {
                List<String> names = new ArrayList<>();
                List<Request> steps = branch.succeeded() == 1 ? txn.then() : txn.otherwise();
                for (int i = 0; i < branch.replies().size(); i++) {
                    names.addAll(names(steps.get(i), branch.replies().get(i)));
                }
                yield names;
            }
            case Reply.Branch _, Reply.Untold _, Reply.Deleted _, Reply.Failed _ -> List.of();
        };
    }
}
