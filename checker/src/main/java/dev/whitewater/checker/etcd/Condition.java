package dev.whitewater.checker.etcd;

import java.util.List;

/**
 * What must hold after the changes up to a revision: because an answer says so, or because an
 * unanswered change could not have been what it is taken for. {@link World} knows which don't.
 */
abstract sealed class Condition permits Condition.Sight, Condition.Tally {
    /** It sees all changes up to this revision. */
    final long at;

    /** The operation whose answer says so; negative for what an unanswered change needs. */
    final int op;

    /** Its place in the list of what doesn't hold; -1 if it holds. */
    int broken = -1;

    /** How much it counts: what is hard to mend gains weight. */
    int weight = 1;

    private Condition(long at, int op) {
        this.at = at;
        this.op = op;
    }

    /** About one key. */
    static final class Sight extends Condition {
        final KeyLine line;
        final Look look;

        Sight(long at, int op, KeyLine line, Look look) {
            super(at, op);
            this.line = line;
            this.look = look;
        }

        @Override
        boolean holds() {
            return look.holds(line.stateAt(at));
        }

        @Override
        List<KeyLine> lines() {
            return List.of(line);
        }
    }

    /** About several keys together. */
    static final class Tally extends Condition {
        final List<KeyLine> lines;
        final Sum sum;

        Tally(long at, int op, List<KeyLine> lines, Sum sum) {
            super(at, op);
            this.lines = lines;
            this.sum = sum;
        }

        @Override
        boolean holds() {
            return sum.holds(lines, at);
        }

        @Override
        List<KeyLine> lines() {
            return lines;
        }
    }

    /** What several keys must be like. */
    interface Sum {
        boolean holds(List<KeyLine> lines, long at);
    }

    /** So many of them are there. */
    record Count(long count) implements Sum {
        @Override
        public boolean holds(List<KeyLine> lines, long at) {
            long there = 0;
            for (KeyLine line : lines) {
                there += line.stateAt(at) == null ? 0 : 1;
            }
            return there == count;
        }
    }

    /** At least one is there, and if {@code lease} isn't 0, attached to that. */
    record Some(long lease) implements Sum {
        @Override
        public boolean holds(List<KeyLine> lines, long at) {
            for (KeyLine line : lines) {
                Kv held = line.stateAt(at);
                if (held != null && (lease == 0 || held.lease() == lease)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** None is there, or if {@code lease} isn't 0, attached to that. */
    record None(long lease) implements Sum {
        @Override
        public boolean holds(List<KeyLine> lines, long at) {
            return !new Some(lease).holds(lines, at);
        }
    }

    /** A comparison over a range held. */
    record Holds(Comparison test) implements Sum {
        @Override
        public boolean holds(List<KeyLine> lines, long at) {
            return test.holds(at);
        }
    }

    /** At least one of several comparisons didn't hold. */
    record NotAll(List<Comparison> tests) implements Sum {
        @Override
        public boolean holds(List<KeyLine> lines, long at) {
            for (Comparison test : tests) {
                if (!test.holds(at)) {
                    return true;
                }
            }
            return false;
        }
    }

    abstract boolean holds();

    /** The keys that it depends on. */
    abstract List<KeyLine> lines();
}
