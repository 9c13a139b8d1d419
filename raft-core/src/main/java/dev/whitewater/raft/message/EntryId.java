package dev.whitewater.raft.message;

/**
 * A position in the log together with the term in which a leader filled it. By the Log Matching
 * Property (thesis §3.5) two entries with the same id are the same entry, and so are all entries
 * before them.
 */
public record EntryId(long term, long index) implements Comparable<EntryId> {

    /** The position before the first entry. */
    public static final EntryId ZERO = new EntryId(0, 0);

    public EntryId {
        if (term < 0 || index < 0) {
            throw new IllegalArgumentException(
                    "entry id must not be negative, got " + term + "/" + index);
        }
    }

    /** Term first, then index: the order of "at least as up-to-date" (thesis §3.6.1). */
    @Override
    public int compareTo(EntryId other) {
        int byTerm = Long.compare(term, other.term);
        return byTerm != 0 ? byTerm : Long.compare(index, other.index);
    }

    @Override
    public String toString() {
        return term + "/" + index;
    }
}
