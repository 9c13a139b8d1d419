package dev.whitewater.sim.monitor;

/**
 * The ghost state {@code committed[index]}: which entry was committed there, by whichever member
 * said so first, and in which term it was.
 */
final class CommittedLog {

    private final LongList terms = new LongList();
    private final LongList commitTerms = new LongList();
    private long last;

    long last() {
        return last;
    }

    long termAt(long index) {
        return terms.get(index);
    }

    /** Whether an entry of this term is committed below {@code index}. Terms never fall. */
    boolean hasTerm(long term, long index) {
        long low = 0;
        long high = Math.min(last, index - 1);
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (terms.get(middle) <= term) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low > 0 && terms.get(low) == term;
    }

    /** The term of the member that first took the entry for committed. */
    long commitTermAt(long index) {
        return commitTerms.get(index);
    }

    void append(long term, long commitTerm) {
        last++;
        terms.set(last, term);
        commitTerms.set(last, commitTerm);
    }
}
