package dev.whitewater.raft;

import dev.whitewater.raft.Cluster.Machine;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Judges a whole cluster after every step, with a memory of all that was: what one member cannot
 * see of itself. Throws {@link InvariantViolation} like the core does.
 */
final class Monitor implements Cluster.Observer {

    private final Cluster cluster;
    private final TreeMap<NodeId, Sidecar> sidecars = new TreeMap<>();
    private final TreeMap<Long, NodeId> leaders = new TreeMap<>();
    private final TreeMap<String, NodeId> votes = new TreeMap<>();
    private final TreeMap<EntryId, Entry> entries = new TreeMap<>();
    private final List<Entry> committed = new ArrayList<>();
    private final TreeMap<String, Long> readFloors = new TreeMap<>();
    private final TreeMap<NodeId, Long> commits = new TreeMap<>();
    private long highestCommit;

    Monitor(Cluster cluster) {
        this.cluster = cluster;
        cluster.observer = this;
        for (Machine machine : cluster.machines.values()) {
            sidecars.put(machine.id, new Sidecar(machine.raft));
        }
    }

    int leaders() {
        return leaders.size();
    }

    int committed() {
        return committed.size();
    }

    void restarted(Machine machine) {
        sidecars.put(machine.id, new Sidecar(machine.raft));
        commits.remove(machine.id);
    }

    void asked(Machine machine, long context) {
        readFloors.put(machine.id + "/" + context, (long) committed.size());
    }

    void check() {
        for (Machine machine : cluster.machines.values()) {
            if (machine.up) {
                sidecars.get(machine.id).check();
                electionSafety(machine);
                entryIdentity(machine);
                committedOnQuorum(machine);
                matchTruth(machine);
                oneOpenConfiguration(machine);
            }
        }
    }

    /** M1: one leader per term, ever. */
    private void electionSafety(Machine machine) {
        if (machine.raft.role() == RoleKind.LEADER) {
            NodeId other = leaders.putIfAbsent(machine.raft.term(), machine.id);
            Check.that(
                    other == null || other.equals(machine.id),
                    "M1-election-safety",
                    "term " + machine.raft.term() + " led by " + other + " and " + machine.id);
        }
    }

    /** M4: an id names one entry, for ever. */
    private void entryIdentity(Machine machine) {
        for (Entry entry : machine.durableLog) {
            Entry other = entries.putIfAbsent(entry.id(), entry);
            Check.that(
                    other == null || other.equals(entry),
                    "M4-entry-identity",
                    entry + " at " + machine.id + " differs");
        }
    }

    /** M7: what a leader commits is of its term and durable at a majority. */
    private void committedOnQuorum(Machine machine) {
        long before = commits.getOrDefault(machine.id, machine.raft.commit());
        long commit = machine.raft.commit();
        commits.put(machine.id, commit);
        if (machine.raft.role() != RoleKind.LEADER || commit == before) {
            return;
        }
        EntryId id = new EntryId(machine.raft.termAt(commit), commit);
        Check.equal("M7-own-term", machine.raft.term(), id.term());
        Configuration configuration = machine.raft.configuration();
        majorityHolds(configuration.voters(), id);
        majorityHolds(configuration.outgoing(), id);
    }

    private void majorityHolds(List<NodeId> voters, EntryId id) {
        int holders = 0;
        for (NodeId voter : voters) {
            if (cluster.machines.get(voter).durablyHolds(id)) {
                holders++;
            }
        }
        Check.that(
                voters.isEmpty() || 2 * holders > voters.size(),
                "M7-committed-on-quorum",
                id + " is durable at " + holders + " of " + voters);
    }

    /** M12: no log holds two configurations that are not committed. */
    private void oneOpenConfiguration(Machine machine) {
        highestCommit = Math.max(highestCommit, machine.raft.commit());
        long open =
                machine.durableLog.stream()
                        .filter(entry -> entry.kind() == EntryKind.CONFIGURATION)
                        .filter(entry -> entry.index() > highestCommit)
                        .count();
        Check.atMost("M12-one-open-configuration", open, 1);
    }

    /** M10: a leader believes of a follower only what is on its disk. */
    private void matchTruth(Machine leader) {
        if (leader.raft.role() != RoleKind.LEADER) {
            return;
        }
        for (NodeId id : leader.raft.configuration().members()) {
            Machine peer = cluster.machines.get(id);
            long match = leader.raft.matchIndex(peer.id);
            Check.below("M10-next-above-match", match, leader.raft.nextIndex(peer.id));
            Check.that(
                    match <= leader.raft.compactedIndex()
                            || peer.raft.term() > leader.raft.term()
                            || peer.durablyHolds(new EntryId(leader.raft.termAt(match), match)),
                    "M10-ack-truth",
                    leader.id + " believes " + peer.id + " to match at " + match);
        }
    }

    /** M2, M3, M11: what a message says is on its sender's disk. */
    @Override
    public void sent(Machine from, Message message) {
        HardState durable = from.durableState;
        Check.atMost("M3-term-durable", message.term(), durable.term());
        switch (message) {
            case VoteResponse it when it.granted() -> voted(from, it.term(), it.to());
            case VoteRequest it -> voted(from, it.term(), from.id);
            case AppendResponse it when it.accepted() ->
                    Check.atMost("M11-ack-durable", it.index(), from.durableLast());
            default -> {}
        }
    }

    private void voted(Machine from, long term, NodeId candidate) {
        NodeId other = votes.putIfAbsent(from.id + "@" + term, candidate);
        Check.that(
                other == null || other.equals(candidate),
                "M2-one-vote",
                from.id + " votes for " + other + " and " + candidate + " in term " + term);
        Check.that(
                from.durableState.term() > term || from.durableState.votedFor().equals(candidate),
                "M11-vote-durable",
                from.id + "'s vote for " + candidate + " is not on its disk");
    }

    /** M8: every state machine applies the same entries. */
    @Override
    public void applied(Machine at, Entry entry) {
        Check.equal("M9-apply-order", at.applied.size(), entry.index());
        if (entry.index() > committed.size()) {
            Check.equal("M9-no-gap", committed.size() + 1, entry.index());
            committed.add(entry);
        }
        Entry first = committed.get((int) entry.index() - 1);
        Check.that(
                first.equals(entry),
                "M8-state-machine-safety",
                at.id + " applies " + entry + ", others " + first);
    }

    /** M19: a read sees all that was applied anywhere before it was asked. */
    @Override
    public void answered(Machine at, ReadResult read) {
        if (read instanceof ReadResult.Granted granted) {
            Check.atMost(
                    "M19-read-floor",
                    readFloors.get(at.id + "/" + granted.context()),
                    granted.index());
        }
    }
}
