package dev.whitewater.sim.monitor;

import dev.whitewater.sim.pack.ValueRuns;

/**
 * The ghost state {@code committed[index]}: which entry was committed there, by whichever member
 * said so first, and in which term it was.
 */
final class CommittedLog {
    private final ValueRuns terms = new ValueRuns();
    private final ValueRuns commitTerms = new ValueRuns();

    long last() {
        return terms.last();
    }

    long termAt(long index) {
        return terms.get(index);
    }

    /** Whether an entry of this term is committed below {@code index}. Terms never fall. */
    boolean hasTerm(long term, long index) {
        long at = Math.min(last(), index - 1);
        while (at > 0 && terms.get(at) > term) {
            at = terms.startOfRun(at) - 1;
        }
        return at > 0 && terms.get(at) == term;
    }

    /** The term of the member that first took the entry for committed. */
    long commitTermAt(long index) {
        return commitTerms.get(index);
    }

    void append(long term, long commitTerm) {
        long index = last() + 1;
        terms.put(index, term);
        commitTerms.put(index, commitTerm);
    }
}
