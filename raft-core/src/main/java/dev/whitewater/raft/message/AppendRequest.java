package dev.whitewater.raft.message;

import java.util.List;

/**
 * The leader's entries that follow {@code previous}, and how far it has committed (thesis §3.5).
 */
public record AppendRequest(
        NodeId from, NodeId to, long term, EntryId previous, List<Entry> entries, long commit)
        implements Message {}
