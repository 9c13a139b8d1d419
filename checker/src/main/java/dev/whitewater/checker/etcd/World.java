package dev.whitewater.checker.etcd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All keys along all revisions, with what answered operations changed and saw; revisions that no
 * answered change made can be given to unanswered ones, and it is known at any time which
 * conditions don't hold.
 */
final class World {
    private final List<KeyLine> lines;
    private final List<List<Filling>> ways;
    private final long[] free;
    private final Filled[] filled;

    /** The place in {@code free} of each unanswered change; -1 if it has none. */
    private final int[] places;

    /** What the needs of each unanswered change weigh more than at first. */
    private final int[] heft;

    private final List<Condition> broken = new ArrayList<>();
    private int unfilled;
    private long cost;

    /** A revision that was given to an unanswered change. */
    private record Filled(Filling by, List<KeyLine.Change> changes, List<Condition> needs) {}

    World(List<KeyLine> lines, List<List<Filling>> ways, long[] free) {
        this.lines = lines;
        this.ways = ways;
        this.free = free;
        this.filled = new Filled[free.length];
        this.places = new int[ways.size()];
        this.heft = new int[ways.size()];
        this.unfilled = free.length;
        Arrays.fill(places, -1);
        for (KeyLine line : lines) {
            for (Condition condition : line.conditions()) {
                judge(condition);
            }
        }
    }

    List<KeyLine> lines() {
        return lines;
    }

    /** The ways in which each unanswered change may have made a revision. */
    List<List<Filling>> ways() {
        return ways;
    }

    /** Revisions that no answered change made, rising. */
    long[] free() {
        return free;
    }

    /** The place of the first free revision after this one. */
    int freeAfter(long revision) {
        int found = Arrays.binarySearch(free, revision);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Who made the free revision at a place; null if nobody yet. */
    Filling by(int place) {
        return filled[place] == null ? null : filled[place].by();
    }

    /** Where an unanswered change is, or -1. */
    int placeOf(Filling filling) {
        return places[filling.number()];
    }

    /** What doesn't hold. */
    List<Condition> broken() {
        return broken;
    }

    int unfilled() {
        return unfilled;
    }

    /** The weights of all that doesn't hold, and one for each revision that nobody made. */
    long cost() {
        return cost + unfilled;
    }

    /** Lets it count more, and if it is a need of an unanswered change, wherever that goes. */
    void weigh(Condition condition) {
        Filling owner = owner(condition);
        if (owner != null) {
            heft[owner.number()]++;
        }
        condition.weight++;
        cost += condition.broken >= 0 ? 1 : 0;
    }

    /** Whose need a condition is; null for what an answer says. */
    Filling owner(Condition condition) {
        if (condition.op >= 0) {
            return null;
        }
        int place = Arrays.binarySearch(free, condition.at + 1);
        return place < 0 ? null : by(place);
    }

    /** Which free revisions have a maker. */
    boolean[] made() {
        boolean[] made = new boolean[free.length];
        for (int i = 0; i < free.length; i++) {
            made[i] = filled[i] != null;
        }
        return made;
    }

    /** Takes all revisions back but these. */
    void keep(boolean[] made) {
        for (int i = 0; i < free.length; i++) {
            if (!made[i] && filled[i] != null) {
                clear(i);
            }
        }
    }

    // ---- moves

    /** Gives a free revision, which nobody has, to a change that has none. */
    void place(Filling filling, int place) {
        long revision = free[place];
        List<KeyLine.Change> changes = new ArrayList<>(filling.parts().size());
        List<Condition> needs = new ArrayList<>(filling.needs().size());
        for (Filling.Need need : filling.needs()) {
            Condition condition = need.at(revision - 1);
            condition.weight += heft[filling.number()];
            needs.add(condition);
            for (KeyLine line : condition.lines()) {
                line.insert(condition);
            }
        }
        filled[place] = new Filled(filling, changes, needs);
        places[filling.number()] = place;
        unfilled--;
        for (Filling.Part part : filling.parts()) {
            KeyLine.Change change =
                    KeyLine.Change.unanswered(revision, part.write(), filling.number());
            changes.add(change);
            long until = part.line().insert(change);
            judge(part.line(), revision, until);
        }
        needs.forEach(this::judge);
    }

    /** Takes a revision back from who has it. */
    void clear(int place) {
        Filled was = filled[place];
        filled[place] = null;
        places[was.by().number()] = -1;
        unfilled++;
        for (Condition need : was.needs()) {
            mended(need);
            for (KeyLine line : need.lines()) {
                line.remove(need);
            }
        }
        for (int i = was.changes().size() - 1; i >= 0; i--) {
            KeyLine line = was.by().parts().get(i).line();
            long until = line.remove(was.changes().get(i));
            judge(line, free[place], until);
        }
    }

    private void judge(KeyLine line, long from, long until) {
        if (until <= from) {
            return;
        }
        List<Condition> conditions = line.conditions();
        for (int i = line.firstAt(from); i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            if (condition.at >= until) {
                return;
            }
            judge(condition);
        }
    }

    private void judge(Condition condition) {
        if (condition.holds()) {
            mended(condition);
        } else if (condition.broken < 0) {
            condition.broken = broken.size();
            broken.add(condition);
            cost += condition.weight;
        }
    }

    private void mended(Condition condition) {
        if (condition.broken >= 0) {
            Condition last = broken.removeLast();
            if (last != condition) {
                broken.set(condition.broken, last);
                last.broken = condition.broken;
            }
            condition.broken = -1;
            cost -= condition.weight;
        }
    }
}
