package dev.whitewater.checker.etcd;

import java.util.List;

/**
 * One way in which an unanswered change may have made a revision: what it wrote, and what must have
 * been so before that it did.
 *
 * @param number of the unanswered change, shared by its ways
 * @param after its revision is a later one than this
 * @param latest and not a later one than this
 */
record Filling(
        int number, Hidden hidden, long after, long latest, List<Part> parts, List<Need> needs) {

    /** A write of one key. */
    record Part(KeyLine line, KeyLine.Write write) {}

    /** A condition on the store before it, of one line ({@code look}) or several ({@code sum}). */
    sealed interface Need {
        Condition at(long revision);

        /** Whether it doesn't hold whatever happens, for it depends on no key. */
        boolean isNever();
    }

    record NeedLook(KeyLine line, Look look) implements Need {
        @Override
        public Condition at(long revision) {
            return new Condition.Sight(revision, -1, line, look);
        }

        @Override
        public boolean isNever() {
            return false;
        }
    }

    record NeedSum(List<KeyLine> lines, Condition.Sum sum) implements Need {
        @Override
        public Condition at(long revision) {
            return new Condition.Tally(revision, -1, lines, sum);
        }

        @Override
        public boolean isNever() {
            return lines.isEmpty() && !sum.holds(lines, 0);
        }
    }

    /** Whether it leaves a key with this value and lease, as far as they are told. */
    boolean makes(KeyLine line, Kv told) {
        return last(line) instanceof KeyLine.Put put
                && (told.value().equals(Kv.UNTOLD_VALUE) || told.value().equals(put.value()))
                && (told.lease() == Kv.UNTOLD || told.lease() == put.lease());
    }

    /** Whether it may have made a revision. */
    boolean canBe(long revision) {
        return after < revision && revision <= latest;
    }

    /** Whether it leaves a key that the end of a lease removes again. */
    boolean isLeased(KeyLine line) {
        return last(line) instanceof KeyLine.Put put && put.lease() > 0;
    }

    /** What it does to a key in the end; null if nothing. */
    KeyLine.Write last(KeyLine line) {
        KeyLine.Write last = null;
        for (Part part : parts) {
            last = part.line() == line ? part.write() : last;
        }
        return last;
    }
}
