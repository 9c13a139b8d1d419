package dev.whitewater.raft.message;

/**
 * A candidate of {@code term}, whose log ends at {@code last}, asks for a vote (thesis §3.4).
 *
 * @param byTransfer the leader itself asked for this campaign, so loyalty to it is no reason to
 *     refuse (thesis §4.2.3)
 */
public record VoteRequest(NodeId from, NodeId to, long term, EntryId last, boolean byTransfer)
        implements Message {

    public VoteRequest(NodeId from, NodeId to, long term, EntryId last) {
        this(from, to, term, last, false);
    }
}
