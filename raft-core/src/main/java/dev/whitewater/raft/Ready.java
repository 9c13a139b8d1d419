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
