package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.Message;

import java.util.List;

/**
 * Everything this member must do next. Immutable, handed out once, its lanes independent of each
 * other:
 *
 * <ul>
 *   <li>{@code persist} goes to the disk, in the order of {@code number}; once it and all before
 *       are durable, call {@code Raft.persisted(number)};
 *   <li>{@code restore}, if not empty, comes first: the snapshot replaces log and state machine,
 *       then {@code persist} is written; its {@code Persist} is never empty;
 *   <li>{@code messages} may be sent at once: the core has held back every promise until its state
 *       was durable;
 *   <li>{@code committed} goes to the state machine, in order; then call {@code
 *       Raft.applied(index)};
 *   <li>{@code reads} are answered when the state machine has applied their index.
 * </ul>
 */
public record Ready(
        long number,
        Persist persist,
        Restore restore,
        List<Message> messages,
        List<Entry> committed,
        List<ReadResult> reads) {

    /** In words, one line for each item of each lane. */
    public String describe() {
        return Describe.ready(this);
    }

    /**
     * Checks what whoever carries this out may rely on: runs of entries have no gap, nothing is
     * applied that is not durable, and a snapshot comes with nothing of the log it replaces.
     *
     * @param durable the last index that is durable now
     */
    void validate(long durable) {
        List<Entry> stored = persist.entries();
        withoutGap("ready-stores-without-gap", stored);
        withoutGap("ready-applies-without-gap", committed);
        if (!committed.isEmpty()) {
            Check.atMost("ready-applies-what-is-durable", committed.getLast().index(), durable);
        }
        if (!restore.isEmpty()) {
            Check.that(!persist.isEmpty(), "ready-restores-with-a-write", "nothing to persist");
            Check.that(committed.isEmpty(), "ready-restores-first", committed.size() + " to apply");
            if (!stored.isEmpty()) {
                Check.equal(
                        "ready-stores-after-snapshot",
                        restore.snapshot().index() + 1,
                        stored.getFirst().index());
            }
        }
    }

    private static void withoutGap(String invariant, List<Entry> entries) {
        if (!entries.isEmpty()) {
            long first = entries.getFirst().index();
            Check.equal(invariant, first + entries.size() - 1, entries.getLast().index());
        }
    }

    /** A Ready that restores nothing. */
    public Ready(
            long number,
            Persist persist,
            List<Message> messages,
            List<Entry> committed,
            List<ReadResult> reads) {
        this(number, persist, Restore.NONE, messages, committed, reads);
    }
}
