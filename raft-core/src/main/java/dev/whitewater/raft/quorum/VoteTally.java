package dev.whitewater.raft.quorum;

import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Who answered a candidate, and what. A set of voters, not a counter: an answer that is delivered
 * twice counts once, and the first answer of a voter stands.
 */
public final class VoteTally {

    private final TreeMap<NodeId, Vote> votes = new TreeMap<>();

    /** One voter's answer. */
    enum Vote {
        MISSING,
        GRANTED,
        REFUSED
    }

    public void record(NodeId voter, boolean granted) {
        votes.putIfAbsent(voter, granted ? Vote.GRANTED : Vote.REFUSED);
    }

    Vote of(NodeId voter) {
        return votes.getOrDefault(voter, Vote.MISSING);
    }

    /** Whether this voter's answer was yes. */
    public boolean hasGranted(NodeId voter) {
        return of(voter) == Vote.GRANTED;
    }

    /** One line per answer, in ascending order of voters. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        votes.forEach((voter, vote) -> lines.add("answer of " + voter + " " + vote));
        return lines;
    }
}
