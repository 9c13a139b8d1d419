package dev.whitewater.checker.etcd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All ways in which a request may have made a revision: one for each way through a transaction and
 * those nested in it. As etcd judges all comparisons before the first change, all that a way needs
 * is a condition on the store before it.
 */
final class Ways {
    /** More ways than this through one transaction are too many. */
    private static final int PATHS_MAX = 64;

    private final KeyLines keys;
    private final Leases leases;
    private final Room room;

    /** One way through a request: what it does in turn, and what must hold before. */
    private record Path(List<Request> steps, List<Filling.Need> needs) {
        Path then(Path next) {
            List<Request> allSteps = new ArrayList<>(steps);
            allSteps.addAll(next.steps);
            List<Filling.Need> allNeeds = new ArrayList<>(needs);
            allNeeds.addAll(next.needs);
            return new Path(allSteps, allNeeds);
        }
    }

    Ways(KeyLines keys, Leases leases, Room room) {
        this.keys = keys;
        this.leases = leases;
        this.room = room;
    }

    /** The ways of a change that is known by this number, at revisions after one up to another. */
    List<Filling> of(int number, Hidden hidden, long latest) {
        List<Filling> ways = new ArrayList<>();
        for (Path path : paths(hidden.request())) {
            addWay(ways, number, hidden, latest, path);
        }
        return ways;
    }

    private List<Path> paths(Request request) {
        if (!(request instanceof Request.Txn txn)) {
            return List.of(new Path(List.of(request), List.of()));
        }
        List<Path> paths = new ArrayList<>(paths(txn.then(), holding(txn.compares())));
        if (!txn.compares().isEmpty()) {
            paths.addAll(paths(txn.otherwise(), List.of(failing(txn.compares()))));
        }
        return paths;
    }

    private List<Path> paths(List<Request> steps, List<Filling.Need> needs) {
        List<Path> paths = List.of(new Path(List.of(), needs));
        for (Request step : steps) {
            List<Path> longer = new ArrayList<>();
            for (Path path : paths) {
                paths(step).forEach(next -> longer.add(path.then(next)));
            }
            if (longer.size() > PATHS_MAX) {
                room.refuse();
                return List.of();
            }
            paths = longer;
        }
        return paths;
    }

    private List<Filling.Need> holding(List<Request.Compare> compares) {
        List<Filling.Need> needs = new ArrayList<>();
        for (Request.Compare compare : compares) {
            Comparison test = Comparison.of(compare, keys);
            needs.add(
                    compare.end().isEmpty()
                            ? new Filling.NeedLook(test.lines().getFirst(), Look.of(compare, true))
                            : new Filling.NeedSum(test.lines(), new Condition.Holds(test)));
        }
        return needs;
    }

    private Filling.Need failing(List<Request.Compare> compares) {
        List<Comparison> tests = compares.stream().map(one -> Comparison.of(one, keys)).toList();
        return new Filling.NeedSum(Comparison.lines(tests), new Condition.NotAll(tests));
    }

    private void addWay(List<Filling> ways, int number, Hidden hidden, long until, Path path) {
        List<Filling.Part> parts = new ArrayList<>();
        Set<KeyLine> removed = new LinkedHashSet<>();
        boolean puts = false;
        long lease = 0;
        long latest = until;
        for (Request step : path.steps()) {
            switch (step) {
                case Request.Put put -> {
                    puts = true;
                    latest = Math.min(latest, leases.end(put.lease()));
                    KeyLine.Write write = new KeyLine.Put(put.value(), put.lease());
                    parts.add(new Filling.Part(keys.get(put.key()), write));
                }
                case Request.Delete delete -> {
                    List<KeyLine> lines = keys.within(delete.key(), delete.end());
                    lines.forEach(line -> parts.add(new Filling.Part(line, KeyLine.GONE)));
                    removed.addAll(lines);
                }
                case Request.Revoke revoke -> {
                    lease = revoke.lease();
                    KeyLine.Write write = new KeyLine.Ended(lease);
                    List<KeyLine> lines = keys.attached(lease);
                    lines.forEach(line -> parts.add(new Filling.Part(line, write)));
                    removed.addAll(lines);
                }
                case Request.Txn _,
                        Request.Range _,
                        Request.Compact _,
                        Request.Grant _,
                        Request.KeepAlive _,
                        Request.Access _ -> {
                    // changes nothing; a transaction's steps are here instead of it
                }
            }
        }
        boolean possible = path.needs().stream().noneMatch(Filling.Need::isNever);
        if (room.take(parts.size()) && !parts.isEmpty() && possible) {
            List<Filling.Need> needs = new ArrayList<>(path.needs());
            if (!puts) {
                needs.add(effect(List.copyOf(removed), lease));
            }
            ways.add(new Filling(number, hidden, hidden.floor(), latest, parts, needs));
        }
    }

    private static Filling.Need effect(List<KeyLine> removed, long lease) {
        return lease == 0 && removed.size() == 1
                ? new Filling.NeedLook(removed.getFirst(), Look.PRESENT)
                : new Filling.NeedSum(removed, new Condition.Some(lease));
    }
}
