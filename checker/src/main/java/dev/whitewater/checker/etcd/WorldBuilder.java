package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.revision.RealTime;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays out what a history's answers tell, key by key ({@link World}). */
final class WorldBuilder {
    /** What a change or condition takes of the heap, about. */
    private static final int BYTES = 100;

    private final History history;
    private final Schedule schedule;
    private final Revisions revisions;
    private final RealTime realTime;
    private final Purse purse;
    private final KeyLines keys = new KeyLines();
    private final Leases leases = new Leases();
    private final Room room = new Room();
    private final Ways ways = new Ways(keys, leases, room);

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
        name(hidden);
        long[] free = free(start);
        List<List<Filling>> all = new ArrayList<>();
        for (int i = 0; i < hidden.size() && room.fits(); i++) {
            purse.step();
            all.add(ways(i, hidden.get(i)));
        }
        for (int i = 0; i < schedule.size() && room.fits(); i++) {
            purse.step();
            answer(i, all);
        }
        purse.take(room.taken() * BYTES);
        if (!room.fits()) {
            return Optional.empty();
        }
        keys.all().forEach(KeyLine::sort);
        for (List<Filling> some : all) {
            for (Filling way : some) {
                way.parts().stream()
                        .map(Filling.Part::line)
                        .distinct()
                        .forEach(line -> line.fillings.add(way));
            }
        }
        return Optional.of(new World(keys.all(), all, free));
    }

    /** All keys, and all leases. */
    private void name(List<Hidden> hidden) {
        for (int i = 0; i < schedule.size(); i++) {
            purse.step();
            Operation operation = operation(i);
            Request request = Messages.request(operation);
            Reply reply = Messages.reply(operation, request);
            keys.name(request);
            Told.names(request, reply).forEach(keys::name);
            leases.learn(request, reply, schedule.revision(i));
            if (request instanceof Request.Grant(long lease)) {
                leases.granted(lease);
            }
        }
        for (Hidden one : hidden) {
            keys.name(one.request());
            if (!one.expiry() && one.request() instanceof Request.Grant(long lease)) {
                leases.granted(lease);
            }
        }
    }

    private Operation operation(int place) {
        return history.operation(schedule.operation(place));
    }

    private long[] free(long start) {
        long last = schedule.size() == 0 ? start : schedule.revision(schedule.size() - 1);
        long count = revisions.free(start, last);
        if (count > history.size()) {
            room.refuse();
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

    private List<Filling> ways(int number, Hidden hidden) {
        if (!(hidden.request() instanceof Request.Revoke(long lease))) {
            return ways.of(number, hidden, Long.MAX_VALUE);
        }
        long after = Math.max(hidden.floor(), leases.lastUse(lease));
        Hidden later = new Hidden(hidden.op(), hidden.expiry(), hidden.request(), after);
        return leases.isRevoked(lease) ? List.of() : ways.of(number, later, Long.MAX_VALUE);
    }

    // ---- what answered operations did and saw

    private void answer(int place, List<List<Filling>> all) {
        Operation operation = operation(place);
        Request request = Messages.request(operation);
        Reply reply = Messages.reply(operation, request);
        if (Moments.judges(operation, request, reply) || reply instanceof Reply.Failed) {
            return;
        }
        long revision = schedule.revision(place);
        if (schedule.kind(place) == Kinds.PERHAPS) {
            perhaps(operation.id(), request, revision, all);
            return;
        }
        boolean reader = schedule.kind(place) == Kinds.READER;
        long before = reader ? revision : revision - 1;
        new Told(keys, room, operation.id(), before, revision).answer(request, reply);
    }

    /**
     * A removal that may have found nothing: then nothing is there at its revision. Or a
     * transaction that doesn't say which way it took. Else it is the one that may have made that,
     * as an unanswered one would.
     */
    private void perhaps(int op, Request request, long revision, List<List<Filling>> all) {
        List<Filling> own = List.of();
        if (room.fits() && revisions.isFree(revision) && realTime.floor(op) < revision) {
            Hidden self = new Hidden(op, false, request, revision - 1);
            own = ways.of(all.size(), self, revision);
            all.add(own);
        }
        switch (request) {
            case Request.Delete delete ->
                    none(op, keys.within(delete.key(), delete.end()), 0, revision);
            case Request.Revoke(long lease) -> none(op, keys.attached(lease), lease, revision);
            case Request.Txn txn -> idle(Idle.of(op, txn, revision, own, keys));
            case Request.Put _,
                    Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.KeepAlive _,
                    Request.Access _ -> {
                // says whether it changed anything
            }
        }
    }

    private void idle(Condition.Tally idle) {
        if (room.take(idle.lines().size()) && !idle.lines().isEmpty()) {
            idle.lines().forEach(line -> line.see(idle));
        }
    }

    private void none(int op, List<KeyLine> removed, long lease, long revision) {
        if (room.take(removed.size()) && !removed.isEmpty()) {
            Condition.None sum = new Condition.None(lease);
            Condition none = new Condition.Tally(revision, op, removed, sum);
            removed.forEach(line -> line.see(none));
        }
    }
}
