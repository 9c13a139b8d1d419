package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;

import java.util.List;

/**
 * What must reach the disk. Entries are contiguous; the first one replaces whatever the log holds
 * from its index on.
 *
 * @param mustSync whether the promise of this {@link Ready} needs the bytes to be durable; a moved
 *     commit index alone does not
 */
public record Persist(HardState hardState, List<Entry> entries, boolean mustSync) {

    public static final Persist NOTHING = new Persist(HardState.INITIAL, List.of(), false);

    public boolean isEmpty() {
        return entries.isEmpty() && !mustSync && hardState.equals(HardState.INITIAL);
    }
}
