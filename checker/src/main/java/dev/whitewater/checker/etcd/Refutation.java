package dev.whitewater.checker.etcd;

import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What no unanswered change can explain, whatever else is guessed: each answer is held against
 * answered changes, and against any unanswered one that could have come between, as if all others
 * did what suits it. So what is found here is wrong; what isn't may be wrong all the same.
 */
final class Refutation {
    /** Among so few unanswered changes the one that must have made a revision is looked for. */
    private static final int FEW = 8;

    /** So many ways are tried in which a condition may come to hold. */
    private static final int PROBES_MAX = 400;

    private final World world;
    private final Purse purse;
    private final List<Filling> ways = new ArrayList<>();

    /** After what the ways come, rising. */
    private final long[] calls;

    /** An answer that can't be, and the answered change that it contradicts, or -1. */
    record Contradiction(int op, int other, KeyLine line, String why) {}

    /** What must have made one revision, or come in one span, by answers. */
    private record Span(long low, long high, int op) {}

    Refutation(World world, Purse purse) {
        this.world = world;
        this.purse = purse;
        world.ways().forEach(ways::addAll);
        this.calls = ways.stream().mapToLong(Filling::after).sorted().toArray();
    }

    /** Asks of a world without any unanswered change, and leaves there those that must be. */
    Optional<Contradiction> find() {
        Optional<Contradiction> found = refuted();
        for (boolean more = true; more && found.isEmpty(); ) {
            more = force();
            found = more ? refuted() : found;
        }
        return found;
    }

    /**
     * Tries every way in which one condition may come to hold, with what follows from that: if none
     * is free of contradictions, it is one itself.
     */
    Optional<Contradiction> probe(Condition condition) {
        if (!(condition instanceof Condition.Sight sight) || condition.broken < 0) {
            return Optional.empty();
        }
        boolean[] sure = world.made();
        int tried = 0;
        long low = tellsOfBefore(sight.look) ? 0 : since(sight.line, sight.at);
        for (Filling way : sight.line.fillings) {
            if (world.placeOf(way) >= 0 || !couldEnd(sight, way)) {
                continue;
            }
            int to = world.freeAfter(Math.min(sight.at, way.latest()));
            for (int i = world.freeAfter(Math.max(low, way.after())); i < to; i++) {
                purse.look();
                if (world.by(i) != null) {
                    continue;
                }
                if (++tried > PROBES_MAX) {
                    return Optional.empty();
                }
                world.place(way, i);
                boolean possible = find().isEmpty();
                world.keep(sure);
                if (possible) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(contradiction(condition, sight.line));
    }

    /** Whether changes before the last one matter. */
    private static boolean tellsOfBefore(Look look) {
        return switch (look) {
            case Look.Told(Kv told) -> told.create() > 0 || told.version() > 0;
            case Look.Compared _ -> true;
            case Look.Presence _, Look.Never _ -> false;
        };
    }

    /** Whether a change may make right what was seen. */
    private static boolean couldEnd(Condition.Sight sight, Filling way) {
        return switch (sight.look) {
            case Look.Told(Kv told) -> tellsOfBefore(sight.look) || way.makes(sight.line, told);
            case Look.Presence(boolean there) ->
                    there == way.last(sight.line) instanceof KeyLine.Put
                            || (!there && way.isLeased(sight.line));
            case Look.Compared _ -> true;
            case Look.Never _ -> false;
        };
    }

    private Optional<Contradiction> refuted() {
        Contradiction first = null;
        for (Condition condition : world.broken()) {
            purse.step();
            if (first == null || operation(condition) < first.op()) {
                Contradiction found = refute(condition);
                first = found == null ? first : found;
            }
        }
        return first != null ? Optional.of(first) : makers();
    }

    // ---- what must be

    /** Places changes that alone can have made a revision, or what was seen of it. */
    private boolean force() {
        boolean more = false;
        for (int place = 0; place < world.free().length; place++) {
            purse.step();
            int called = Arrays.binarySearch(calls, world.free()[place]);
            if ((called < 0 ? -called - 1 : called) > FEW) {
                break;
            }
            more |= forceAt(place, ways, _ -> true);
        }
        for (Condition condition : new ArrayList<>(world.broken())) {
            if (condition instanceof Condition.Sight sight
                    && sight.look instanceof Look.Told(Kv told)
                    && told.mod() > 0
                    && isFree(told.mod())) {
                int place = world.freeAfter(told.mod() - 1);
                more |= forceAt(place, sight.line.fillings, way -> way.makes(sight.line, told));
            }
        }
        return more;
    }

    private boolean forceAt(int place, List<Filling> all, Predicate<Filling> suits) {
        if (world.by(place) != null) {
            return false;
        }
        Filling only = null;
        for (Filling way : all) {
            purse.step();
            if (way.canBe(world.free()[place]) && world.placeOf(way) < 0 && suits.test(way)) {
                if (only != null) {
                    return false;
                }
                only = way;
            }
        }
        if (only == null) {
            return false;
        }
        world.place(only, place);
        return true;
    }

    private Contradiction refute(Condition condition) {
        return switch (condition) {
            case Condition.Sight sight -> refute(sight);
            case Condition.Tally tally -> refute(tally);
        };
    }

    // ---- one key

    private Contradiction refute(Condition.Sight sight) {
        KeyLine line = sight.line;
        boolean possible =
                switch (sight.look) {
                    case Look.Told(Kv told) -> isPossible(sight, told);
                    case Look.Presence(boolean there) -> mayTurn(line, sight.at, there);
                    case Look.Never _ -> false;
                    case Look.Compared _ -> anyWay(line, 0, sight.at, _ -> true);
                };
        return possible ? null : contradiction(sight, line);
    }

    private Contradiction contradiction(Condition condition, KeyLine line) {
        KeyLine.Change last = line.lastAt(condition.at);
        Kv held = last == null ? null : last.after();
        String why =
                held == null
                        ? "the store did not hold " + line.key
                        : "by all answered changes the store held " + held;
        return new Contradiction(
                operation(condition),
                last == null ? -1 : last.op,
                line,
                why + ", and no unanswered change can make that right");
    }

    private int operation(Condition condition) {
        Filling owner = world.owner(condition);
        return owner == null ? condition.op : owner.hidden().op();
    }

    /** Whether a change to there or to absent may have come after all answered ones. */
    private boolean mayTurn(KeyLine line, long at, boolean there) {
        long low = since(line, at);
        return anyWay(line, low, at, way -> there == way.last(line) instanceof KeyLine.Put)
                || (!there
                        && line.endsIn(low, at)
                        && anyWay(line, low, at, way -> way.isLeased(line)));
    }

    private static long since(KeyLine line, long at) {
        KeyLine.Change last = line.lastSureAt(at);
        return last == null ? 0 : last.revision;
    }

    private boolean anyWay(KeyLine line, long low, long high, Predicate<Filling> suits) {
        for (Filling way : line.fillings) {
            purse.step();
            if (world.placeOf(way) < 0 && suits.test(way) && hasFree(way, low, high)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a free revision for it after one and up to another. */
    private boolean hasFree(Filling way, long low, long high) {
        return world.freeAfter(Math.max(low, way.after()))
                < world.freeAfter(Math.min(high, way.latest()));
    }

    /** Whether nobody surely made a revision. */
    private boolean isFree(long revision) {
        int place = world.freeAfter(revision - 1);
        return place < world.freeAfter(revision) && world.by(place) == null;
    }

    private boolean isPossible(Condition.Sight sight, Kv told) {
        KeyLine line = sight.line;
        KeyLine.Change last = line.lastSureAt(sight.at);
        if (last != null && last.write instanceof KeyLine.Put put) {
            boolean suits =
                    (told.value().equals(Kv.UNTOLD_VALUE) || told.value().equals(put.value()))
                            && (told.lease() == Kv.UNTOLD || told.lease() == put.lease())
                            && (told.mod() <= 0 || told.mod() == last.revision);
            if (suits && numbersMayBe(line, told, last.revision)) {
                return true;
            }
        }
        long low = since(line, sight.at);
        if (told.mod() <= 0) {
            return anyWay(line, low, sight.at, way -> way.makes(line, told));
        }
        return told.mod() > low
                && told.mod() <= sight.at
                && anyWay(line, told.mod() - 1, told.mod(), way -> way.makes(line, told))
                && numbersMayBe(line, told, told.mod());
    }

    /** Whether create and version may be as told of a key that was put at {@code mod}. */
    private boolean numbersMayBe(KeyLine line, Kv told, long mod) {
        long create = told.create();
        if (create <= 0) {
            return true;
        }
        if (create > mod) {
            return false;
        }
        Kv born = new Kv(line.key, Kv.UNTOLD_VALUE, -1, -1, -1, -1);
        if (isFree(create)) {
            if (!anyWay(line, create - 1, create, way -> way.makes(line, born))) {
                return false;
            }
        } else if (line.lastAt(create) == null || line.lastAt(create).revision != create) {
            return false;
        }
        long least = isFree(create) ? 1 : 0;
        least += mod != create && isFree(mod) ? 1 : 0;
        int to = line.after(mod);
        for (int i = line.after(create - 1); i < to; i++) {
            KeyLine.Change change = line.changes().get(i);
            if (change.write instanceof KeyLine.Put) {
                least++;
            } else if (change.write instanceof KeyLine.Gone
                    && change.revision > create
                    && change.revision < mod) {
                return false;
            }
        }
        return told.version() <= 0
                || (told.version() >= least && told.version() <= least + unseen(line, create, mod));
    }

    /** How many more puts of a key there may have been in a span. */
    private long unseen(KeyLine line, long create, long mod) {
        Map<Integer, Integer> puts = new LinkedHashMap<>();
        for (Filling way : line.fillings) {
            purse.step();
            if (world.placeOf(way) < 0 && hasFree(way, create - 1, mod)) {
                int count = 0;
                for (Filling.Part part : way.parts()) {
                    boolean put = part.write() instanceof KeyLine.Put;
                    count += part.line() == line && put ? 1 : 0;
                }
                puts.merge(way.number(), count, Math::max);
            }
        }
        return puts.values().stream().mapToLong(Integer::longValue).sum();
    }

    // ---- several keys

    private Contradiction refute(Condition.Tally tally) {
        if (tally.sum instanceof Condition.Count(long count)) {
            long least = 0;
            long most = 0;
            for (KeyLine line : tally.lines) {
                boolean there = line.stateAt(tally.at) != null;
                boolean turns = mayTurn(line, tally.at, !there);
                least += there && !turns ? 1 : 0;
                most += there || turns ? 1 : 0;
            }
            return count >= least && count <= most
                    ? null
                    : new Contradiction(
                            operation(tally),
                            -1,
                            tally.lines.getFirst(),
                            "it counted "
                                    + count
                                    + " keys where at least "
                                    + least
                                    + " and at most "
                                    + most
                                    + " can have been");
        }
        for (KeyLine line : tally.lines) {
            if (anyWay(line, 0, tally.at, _ -> true)) {
                return null;
            }
        }
        return contradiction(tally, tally.lines.getFirst());
    }

    // ---- makers that answers name

    /**
     * Answers that name the maker of a revision must agree, and an unanswered change that alone can
     * explain several answers must have come at one revision that suits all of them.
     */
    private Optional<Contradiction> makers() {
        TreeMap<Long, List<Condition.Sight>> named = new TreeMap<>();
        Map<Integer, Span> spans = new LinkedHashMap<>();
        for (Condition condition : world.broken()) {
            if (condition instanceof Condition.Sight sight
                    && sight.look instanceof Look.Told(Kv told)
                    && !isAnsweredFor(sight, told)) {
                if (told.mod() > 0) {
                    named.computeIfAbsent(told.mod(), _ -> new ArrayList<>()).add(sight);
                } else {
                    long low = since(sight.line, sight.at);
                    Span span = new Span(low, sight.at, sight.op);
                    Optional<Contradiction> wrong = narrow(spans, span, List.of(sight));
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                }
            }
        }
        for (Map.Entry<Long, List<Condition.Sight>> one : named.entrySet()) {
            int op = one.getValue().getLast().op;
            Span span = new Span(one.getKey() - 1, one.getKey(), op);
            Optional<Contradiction> wrong = narrow(spans, span, one.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** Whether an answered put is what was seen, so that only its numbers are in question. */
    private static boolean isAnsweredFor(Condition.Sight sight, Kv told) {
        KeyLine.Change last = sight.line.lastSureAt(sight.at);
        return last != null
                && last.write instanceof KeyLine.Put put
                && (told.value().equals(Kv.UNTOLD_VALUE) || told.value().equals(put.value()))
                && (told.mod() <= 0 || told.mod() == last.revision);
    }

    private Optional<Contradiction> narrow(
            Map<Integer, Span> spans, Span span, List<Condition.Sight> sights) {
        Set<Integer> numbers = new TreeSet<>();
        Filling only = null;
        for (Filling way : sights.getFirst().line.fillings) {
            purse.step();
            if ((world.placeOf(way) < 0 && hasFree(way, span.low(), span.high()))
                    && sights.stream().allMatch(sight -> makes(way, sight))) {
                numbers.add(way.number());
                only = way;
            }
        }
        Condition.Sight last = sights.getLast();
        if (numbers.isEmpty()) {
            int other = sights.getFirst().op;
            String why = "no unanswered change can have made what answers tell of it";
            return Optional.of(new Contradiction(last.op, other, last.line, why));
        }
        Span before = spans.get(only.number());
        if (numbers.size() > 1) {
            return Optional.empty();
        }
        Span both =
                before == null
                        ? span
                        : new Span(
                                Math.max(span.low(), before.low()),
                                Math.min(span.high(), before.high()),
                                span.op());
        spans.put(only.number(), both);
        if (before != null && !hasFree(only, both.low(), both.high())) {
            String why =
                    "what it and another answer tell of "
                            + last.line.key
                            + " would take one unanswered change at two revisions";
            return Optional.of(new Contradiction(last.op, before.op(), last.line, why));
        }
        return Optional.empty();
    }

    private static boolean makes(Filling way, Condition.Sight sight) {
        return sight.look instanceof Look.Told(Kv told) && way.makes(sight.line, told);
    }
}
