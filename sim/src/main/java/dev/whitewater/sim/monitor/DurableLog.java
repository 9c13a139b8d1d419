package dev.whitewater.sim.monitor;

import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.sim.pack.ValueRuns;

import java.util.List;

/**
 * What a member would still know if it crashed now: the ghost state {@code durable[node]}, fed from
 * what the simulated disk holds, never from what the member says.
 */
public final class DurableLog {

    private final ValueRuns terms = new ValueRuns();
    private HardState hardState = HardState.INITIAL;
    private long restored;

    /** A record is durable: the hard state from now on, and entries that replace what follows. */
    void add(HardState newHardState, List<Entry> entries) {
        hardState = newHardState;
        for (Entry entry : entries) {
            terms.put(entry.index(), entry.term());
        }
    }

    /**
     * A snapshot that ends at {@code end} replaced the log: up to there the disk now stands for
     * what was committed, and it holds nothing else.
     */
    void restore(EntryId end, CommittedLog committed) {
        for (long index = restored + 1; index < end.index(); index++) {
            terms.put(index, committed.termAt(index));
        }
        terms.put(end.index(), end.term());
        restored = end.index();
    }

    HardState hardState() {
        return hardState;
    }

    long last() {
        return terms.last();
    }

    /** The term of the entry at {@code index}; 0 where there is none. */
    long termAt(long index) {
        return terms.get(index);
    }

    /** Whether the entry {@code term/index}, and so by log matching all before it, is durable. */
    boolean holds(long index, long term) {
        return index == 0 || (index <= last() && terms.get(index) == term);
    }
}
