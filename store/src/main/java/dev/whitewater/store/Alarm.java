package dev.whitewater.store;

import java.util.Comparator;

/** Something is wrong with a member, and all members keep to what follows from it. */
public record Alarm(long member, Kind kind) implements Comparable<Alarm> {

    private static final Comparator<Alarm> ORDER =
            Comparator.comparing(Alarm::kind).thenComparing(Alarm::member, Long::compareUnsigned);

    /** What is wrong. */
    public enum Kind {
        /** A member's store is full: writes that need room are refused. */
        NO_SPACE,
        /** Members differ: nothing is served. */
        CORRUPT
    }

    @Override
    public int compareTo(Alarm other) {
        return ORDER.compare(this, other);
    }
}
