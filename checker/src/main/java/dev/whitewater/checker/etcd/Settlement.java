package dev.whitewater.checker.etcd;

import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for makers of all revisions that no answered change made, so that all conditions hold: from
 * what is forced on by always making the best move for one thing that is wrong, where things that
 * stay wrong weigh more and more (Morris, "The Breakout Method", 1993). It finds or it doesn't;
 * that it doesn't proves nothing.
 */
final class Settlement {
    private static final int MOVES_PER_CHANGE = 60;
    private static final int MOVES_MORE = 4_000;

    /** Revisions tried for one change at one time, and changes tried for one revision. */
    private static final int PLACES_TRIED = 24;

    private static final int CHANGES_TRIED = 160;

    /** For so many moves a change stays where it was put. */
    private static final int RESTS = 12;

    private static final int HARDEST = 6;

    private final World world;
    private final Purse purse;
    private final long[] movedAt;
    private long moves;
    private long random = 0x9E37_79B9_7F4A_7C15L;

    /** A change to a place; with a place less than 0 it is only taken away. */
    private record Move(Filling filling, int place) {}

    Settlement(World world, Purse purse) {
        this.world = world;
        this.purse = purse;
        this.movedAt = new long[world.ways().size()];
        Arrays.fill(movedAt, -RESTS);
    }

    /** Whether all is well in the end. */
    boolean settle() {
        force();
        long most = MOVES_MORE + (long) MOVES_PER_CHANGE * world.ways().size();
        while (world.cost() > 0) {
            if (++moves > most) {
                return false;
            }
            purse.look();
            if (world.broken().isEmpty() || (world.unfilled() > 0 && draw(8) == 0)) {
                fill();
            } else {
                mend(wrong());
            }
        }
        return true;
    }

    /** Of what answers say and doesn't hold in the end, what was the hardest to mend. */
    List<Condition> hardest() {
        return world.broken().stream()
                .filter(condition -> condition.op >= 0)
                .sorted(Comparator.comparingInt(condition -> -condition.weight))
                .limit(HARDEST)
                .toList();
    }

    /** Changes that answers name by value and revision. */
    private void force() {
        for (Condition condition : new ArrayList<>(world.broken())) {
            purse.step();
            if (condition instanceof Condition.Sight sight
                    && sight.look instanceof Look.Told(Kv told)
                    && told.mod() > 0) {
                int place = world.freeAfter(told.mod() - 1);
                if (place < world.free().length
                        && world.free()[place] == told.mod()
                        && world.by(place) == null) {
                    onlyMaker(sight.line, told).ifPresent(way -> world.place(way, place));
                }
            }
        }
    }

    private Optional<Filling> onlyMaker(KeyLine line, Kv told) {
        Filling only = null;
        for (Filling way : line.fillings) {
            if (way.makes(line, told) && way.after() < told.mod()) {
                if (only != null) {
                    return Optional.empty();
                }
                only = way;
            }
        }
        return Optional.ofNullable(only).filter(way -> world.placeOf(way) < 0);
    }

    /** The earliest thing that is wrong, or sometimes another. */
    private Condition wrong() {
        List<Condition> broken = world.broken();
        if (draw(4) == 0) {
            return broken.get(draw(broken.size()));
        }
        Condition first = broken.getFirst();
        for (Condition condition : broken) {
            first = condition.at < first.at ? condition : first;
        }
        return first;
    }

    // ---- moves for a condition

    private void mend(Condition condition) {
        List<Move> options = new ArrayList<>();
        Filling owner = world.owner(condition);
        if (owner != null) {
            options.add(new Move(owner, -1));
            addBetter(options, owner, condition);
        }
        for (KeyLine line : condition.lines()) {
            addRemovals(options, line, condition.at);
            for (Filling way : line.fillings) {
                if (couldMend(condition, line, way)) {
                    addPlaces(options, way, low(condition, line), condition);
                }
            }
            if (options.size() > 40 * PLACES_TRIED) {
                break;
            }
        }
        if (!best(options)) {
            world.weigh(condition);
        }
    }

    private static boolean couldMend(Condition condition, KeyLine line, Filling way) {
        if (!(condition instanceof Condition.Sight sight)) {
            return true;
        }
        KeyLine.Write last = way.last(line);
        Kv held = line.stateAt(condition.at);
        return switch (sight.look) {
            case Look.Presence(boolean there) ->
                    there == last instanceof KeyLine.Put || (!there && way.isLeased(line));
            case Look.Compared _ -> true;
            case Look.Never _ -> false;
            case Look.Told(Kv told) -> {
                boolean right =
                        held != null
                                && (told.mod() > 0
                                        ? told.mod() == held.mod()
                                        : told.value().equals(held.value()));
                yield right || way.makes(line, told);
            }
        };
    }

    /** Changes before this revision would be covered by others. */
    private static long low(Condition condition, KeyLine line) {
        int place = line.after(condition.at);
        boolean numbers =
                condition instanceof Condition.Sight sight
                        && (sight.look instanceof Look.Compared
                                || (sight.look instanceof Look.Told(Kv told)
                                        && (told.create() > 0 || told.version() > 0)));
        while (place > 0) {
            KeyLine.Change change = line.changes().get(place - 1);
            if (change.isAnswered() && !(change.write instanceof KeyLine.Ended)) {
                if (!numbers || change.after() == null) {
                    return change.revision;
                }
            }
            place--;
        }
        return 0;
    }

    /** What unanswered changes made of the key lately, to be taken away. */
    private void addRemovals(List<Move> options, KeyLine line, long at) {
        int tried = 0;
        for (int i = line.after(at) - 1; i >= 0 && tried < PLACES_TRIED; i--, tried++) {
            KeyLine.Change change = line.changes().get(i);
            if (!change.isAnswered()) {
                Filling by = world.by(world.freeAfter(change.revision - 1));
                options.add(new Move(by, -1));
            }
        }
    }

    /** Places for an unanswered change where what it needs holds. */
    private void addBetter(List<Move> options, Filling owner, Condition need) {
        if (!(need instanceof Condition.Sight sight)) {
            return;
        }
        int from = world.freeAfter(owner.after());
        int to = world.freeAfter(owner.latest());
        int most = options.size() + PLACES_TRIED;
        int shift = to > from ? draw(to - from) : 0;
        for (int i = 0; i < to - from && options.size() < most; i++) {
            purse.step();
            int place = from + (i + shift) % (to - from);
            if (sight.look.holds(sight.line.stateAt(world.free()[place] - 1))) {
                options.add(new Move(owner, place));
            }
        }
    }

    private void addPlaces(List<Move> options, Filling way, long low, Condition condition) {
        int from = world.freeAfter(Math.max(low, way.after()));
        int to = world.freeAfter(Math.min(way.latest(), condition.at));
        if (condition instanceof Condition.Sight sight
                && sight.look instanceof Look.Told(Kv told)
                && told.mod() > 0) {
            Kv held = sight.line.stateAt(condition.at);
            if (held == null || held.mod() != told.mod()) {
                from = Math.max(from, world.freeAfter(told.mod() - 1));
                to = Math.min(to, world.freeAfter(told.mod()));
            }
        }
        int step = Math.max(1, (to - from) / PLACES_TRIED);
        for (int place = from + (step > 1 ? draw(step) : 0); place < to; place += step) {
            if (world.placeOf(way) != place) {
                options.add(new Move(way, place));
            }
        }
    }

    // ---- moves for a revision without a maker

    private void fill() {
        int place = 0;
        int skip = draw(4) == 0 ? draw(world.unfilled()) : 0;
        while (world.by(place) != null || skip-- > 0) {
            place++;
        }
        List<Move> options = new ArrayList<>();
        int all = world.ways().size();
        int from = draw(Math.max(1, all));
        for (int i = 0; i < all && options.size() < CHANGES_TRIED; i++) {
            for (Filling way : world.ways().get((from + i) % all)) {
                if (way.after() < world.free()[place]
                        && way.latest() >= world.free()[place]
                        && (world.placeOf(way) < 0 || draw(4) == 0)) {
                    options.add(new Move(way, place));
                }
            }
        }
        best(options);
    }

    // ---- the best of several moves

    private boolean best(List<Move> options) {
        long before = world.cost();
        Move best = null;
        long least = Long.MAX_VALUE;
        int ties = 0;
        for (Move move : options) {
            purse.step();
            boolean rests = moves - movedAt[move.filling().number()] < RESTS;
            List<Move> back = apply(move);
            long cost = world.cost();
            revert(back);
            if (rests && cost > 0 && cost >= before) {
                continue;
            }
            ties = cost == least ? ties + 1 : 1;
            if (cost < least || (cost == least && draw(ties) == 0)) {
                least = cost;
                best = move;
            }
        }
        if (best == null) {
            return false;
        }
        apply(best);
        movedAt[best.filling().number()] = moves;
        return least < before;
    }

    /** Makes a move, and says what takes it back, in that order. */
    private List<Move> apply(Move move) {
        List<Move> back = new ArrayList<>(2);
        int was = world.placeOf(move.filling());
        if (was >= 0) {
            back.addFirst(new Move(world.by(was), was));
            world.clear(was);
        }
        if (move.place() >= 0) {
            Filling other = world.by(move.place());
            if (other != null) {
                world.clear(move.place());
                back.addFirst(new Move(other, move.place()));
            }
            world.place(move.filling(), move.place());
            back.addFirst(new Move(move.filling(), -1));
        }
        return back;
    }

    private void revert(List<Move> back) {
        for (Move move : back) {
            if (move.place() < 0) {
                world.clear(world.placeOf(move.filling()));
            } else {
                world.place(move.filling(), move.place());
            }
        }
    }

    private int draw(int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) Long.remainderUnsigned(random, bound);
    }
}
