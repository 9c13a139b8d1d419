package dev.whitewater.checker.etcd;

import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One key along the revisions: the changes of it, what it was after each, and what was seen. */
final class KeyLine {
    final String key;

    private final List<Change> changes = new ArrayList<>();

    /** The changes' revisions: searched millions of times, and side by side in memory. */
    private long[] revisions = new long[8];

    private final List<Condition> conditions = new ArrayList<>();

    /** Unanswered changes that may change this key. */
    final List<Filling> fillings = new ArrayList<>();

    KeyLine(String key) {
        this.key = key;
    }

    /** What a change does to a key. */
    sealed interface Write {}

    record Put(Value value, long lease) implements Write {}

    record Gone() implements Write {}

    /** Gone, if it was attached to this lease. */
    record Ended(long lease) implements Write {}

    static final Gone GONE = new Gone();

    /** A change at a revision, by an answered operation or ({@code op} -1) another. */
    static final class Change {
        final long revision;
        final Write write;
        final int op;

        /** The number of the unanswered change that it is of, or -1. */
        private final int number;

        private Kv after;

        private Change(long revision, Write write, int op, int number) {
            this.revision = revision;
            this.write = write;
            this.op = op;
            this.number = number;
        }

        static Change answered(long revision, Write write, int op) {
            return new Change(revision, write, op, -1);
        }

        /** By an unanswered change of this number, see {@link Filling}. */
        static Change unanswered(long revision, Write write, int number) {
            return new Change(revision, write, -1, number);
        }

        boolean isAnswered() {
            return op >= 0;
        }

        /** What the key was then; null if absent. */
        Kv after() {
            return after;
        }
    }

    private Kv fold(Kv before, Change change) {
        return switch (change.write) {
            case Put put ->
                    new Kv(
                            key,
                            put.value(),
                            before == null ? change.revision : before.create(),
                            change.revision,
                            before == null ? 1 : before.version() + 1,
                            put.lease());
            case Gone _ -> null;
            case Ended ended -> before != null && before.lease() == ended.lease() ? null : before;
        };
    }

    List<Change> changes() {
        return changes;
    }

    /** The place after the last change up to a revision. */
    int after(long revision) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (revisions[middle] <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The last change up to a revision; null if there is none. */
    Change lastAt(long revision) {
        int place = after(revision);
        return place == 0 ? null : changes.get(place - 1);
    }

    /**
     * The last change up to a revision that covers all before it; null if there is none. The end of
     * a lease covers nothing: whether it removed the key depends on who put it last.
     */
    Change lastSureAt(long revision) {
        int place = after(revision);
        while (place > 0 && changes.get(place - 1).write instanceof Ended) {
            place--;
        }
        return place == 0 ? null : changes.get(place - 1);
    }

    /** Whether a lease ended after one revision and up to another. */
    boolean endsIn(long low, long high) {
        int to = after(high);
        for (int i = after(low); i < to; i++) {
            if (changes.get(i).write instanceof Ended) {
                return true;
            }
        }
        return false;
    }

    /** What the key was after all changes up to a revision; null if absent. */
    Kv stateAt(long revision) {
        int place = after(revision);
        return place == 0 ? null : changes.get(place - 1).after;
    }

    /** Whether the unanswered change of this number wrote the key at a revision. */
    boolean isMade(long revision, int number) {
        for (int i = after(revision) - 1; i >= 0 && changes.get(i).revision == revision; i--) {
            if (changes.get(i).number == number) {
                return true;
            }
        }
        return false;
    }

    /** Adds a change, after others of its revision; the key is another up to the result. */
    long insert(Change change) {
        int place = after(change.revision);
        if (changes.size() == revisions.length) {
            revisions = Arrays.copyOf(revisions, revisions.length * 2);
        }
        System.arraycopy(revisions, place, revisions, place + 1, changes.size() - place);
        revisions[place] = change.revision;
        changes.add(place, change);
        Kv before = place == 0 ? null : changes.get(place - 1).after;
        change.after = fold(before, change);
        return refold(place + 1, change.after, before);
    }

    /** Removes a change; the key is another from its revision up to the result. */
    long remove(Change change) {
        int place = after(change.revision) - 1;
        while (changes.get(place) != change) {
            place--;
        }
        changes.remove(place);
        System.arraycopy(revisions, place + 1, revisions, place, changes.size() - place);
        return refold(place, place == 0 ? null : changes.get(place - 1).after, change.after);
    }

    private long refold(int from, Kv now, Kv was) {
        if (Objects.equals(now, was)) {
            return Long.MIN_VALUE;
        }
        Kv before = now;
        for (int i = from; i < changes.size(); i++) {
            Change change = changes.get(i);
            Kv after = fold(before, change);
            if (Objects.equals(after, change.after)) {
                return change.revision;
            }
            change.after = after;
            before = after;
        }
        return Long.MAX_VALUE;
    }

    // ---- what was seen

    void see(Condition condition) {
        conditions.add(condition);
    }

    /** Sorts what was added in any order. */
    void sort() {
        conditions.sort(Comparator.comparingLong(condition -> condition.at));
    }

    /** Adds one where it belongs. */
    void insert(Condition condition) {
        conditions.add(firstAt(condition.at), condition);
    }

    void remove(Condition condition) {
        int place = firstAt(condition.at);
        while (conditions.get(place) != condition) {
            place++;
        }
        conditions.remove(place);
    }

    List<Condition> conditions() {
        return conditions;
    }

    /** The place of the first condition that sees this revision. */
    int firstAt(long revision) {
        int low = 0;
        int high = conditions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (conditions.get(middle).at < revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
