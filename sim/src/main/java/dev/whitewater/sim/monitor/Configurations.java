package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.message.VoteRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * M12, configuration (thesis §4.1, §4.3): a log holds at most one that is not committed; a leader
 * appends one only after it committed an entry of its own term; neighbours in a log have quorums
 * that all intersect; and what is in force is the last one in the log. M13, membership rights: only
 * those whom it may concern stand for election, and only voters elect.
 *
 * <p>Fed from disks: every entry that becomes durable anywhere passes here after those before it in
 * its log. By then whatever its leader had committed when it appended the entry was seen to be
 * committed, so nobody is blamed for what only looks late.
 */
final class Configurations {

    private final CommittedLog committed;
    private final Situations situations;
    private final Configuration first;

    /** All that were ever durable, by index and term. There are few. */
    private final TreeMap<Long, TreeMap<Long, Configuration>> seen = new TreeMap<>();

    private final long[] changes;
    private final long[] lastSent;

    /** Whose log changed and was not all on the disk yet, so that the disk could not be asked. */
    private final boolean[] owesCheck;

    private final List<Configuration> active = new ArrayList<>();
    private final List<Configuration> activeBefore = new ArrayList<>();

    /** A configuration and the place that it has in a log; the first one has place 0. */
    private record Placed(long index, Configuration configuration) {}

    Configurations(CommittedLog committed, int members, Situations situations) {
        this.committed = committed;
        this.situations = situations;
        List<NodeId> voters = new ArrayList<>();
        for (int number = 1; number <= members; number++) {
            voters.add(new NodeId(number));
        }
        first = Configuration.of(voters);
        changes = new long[members + 1];
        lastSent = new long[members + 1];
        owesCheck = new boolean[members + 1];
        for (int number = 0; number <= members; number++) {
            active.add(first);
            activeBefore.add(first);
        }
    }

    /** In force at the member after its last event. */
    Configuration active(MemberState member) {
        return active.get(member.number());
    }

    /** In force before it. */
    Configuration activeBefore(MemberState member) {
        return activeBefore.get(member.number());
    }

    /** How often it changed at the member. */
    long changes(MemberState member) {
        return changes[member.number()];
    }

    /** {@code entry} becomes durable at the member, after all those before it in its log. */
    void durable(MemberState member, Entry entry) {
        if (entry.kind() != EntryKind.CONFIGURATION) {
            return;
        }
        Configuration configuration = Configuration.decode(entry.data());
        Placed before = lastBefore(member, entry.index());
        boolean isNew =
                seen.computeIfAbsent(entry.index(), _ -> new TreeMap<>())
                                .put(entry.term(), configuration)
                        == null;
        if (!isNew) {
            return;
        }
        if (before.index() > committed.last()) {
            throw configurationFinding(
                    "entry "
                            + entry.id()
                            + " changes the configuration while the one at "
                            + before.index()
                            + " was not committed");
        }
        if (!committed.hasTerm(entry.term(), entry.index())) {
            throw configurationFinding(
                    "entry "
                            + entry.id()
                            + " changes the configuration before its leader had committed anything"
                            + " in its term");
        }
        if (!alwaysIntersect(before.configuration(), configuration)) {
            throw configurationFinding(
                    "entry "
                            + entry.id()
                            + " leads from "
                            + before.configuration()
                            + " to "
                            + configuration
                            + ": both could decide without the other");
        }
    }

    /** The last configuration below {@code index} in the member's durable log. */
    private Placed lastBefore(MemberState member, long index) {
        for (Map.Entry<Long, TreeMap<Long, Configuration>> at :
                seen.headMap(index, false).descendingMap().entrySet()) {
            long place = at.getKey();
            long term =
                    place <= member.raft().compactedIndex()
                            ? committed.termAt(place)
                            : member.durable().termAt(place);
            Configuration found = at.getValue().getOrDefault(term, first);
            if (at.getValue().containsKey(term)) {
                return new Placed(place, found);
            }
        }
        return new Placed(0, first);
    }

    /**
     * Whether every quorum of one meets every quorum of the other: the voters differ in at most one
     * (thesis §4.1), or a joint configuration stands between (§4.3).
     */
    static boolean alwaysIntersect(Configuration one, Configuration other) {
        return meet(one.voters(), other.voters())
                || (one.isJoint() && meet(one.outgoing(), other.voters()))
                || (other.isJoint() && meet(one.voters(), other.outgoing()))
                || (one.isJoint() && other.isJoint() && meet(one.outgoing(), other.outgoing()));
    }

    /** Whether any majority of one shares a voter with any majority of the other. */
    private static boolean meet(List<NodeId> one, List<NodeId> other) {
        int common = 0;
        for (NodeId id : one) {
            common += other.contains(id) ? 1 : 0;
        }
        // Two majorities miss each other when each takes what it can from outside the common.
        int oneNeeds = one.size() / 2 + 1 - (one.size() - common);
        int otherNeeds = other.size() / 2 + 1 - (other.size() - common);
        return Math.max(0, oneNeeds) + Math.max(0, otherNeeds) > common;
    }

    /** The member has handled an event, after which {@code now} is in force. */
    void after(MemberState member, Configuration now) {
        Configuration before = active.set(member.number(), now);
        activeBefore.set(member.number(), before);
        boolean reconfigured = !now.equals(before);
        if (reconfigured) {
            changes[member.number()]++;
            situations.reconfigured(member, now);
        }
        boolean isReplaced = member.raft().compactedIndex() > member.appliedBefore;
        owesCheck[member.number()] |= reconfigured || isReplaced || hasCut(member);
        boolean isOnDisk =
                member.durable().last() == member.last
                        && member.durable().termAt(member.last)
                                == member.raft().termAt(member.last);
        if (!owesCheck[member.number()] || !isOnDisk) {
            return;
        }
        owesCheck[member.number()] = false;
        Placed expected = lastBefore(member, member.last + 1);
        if (!expected.configuration().equals(now)) {
            throw configurationFinding(
                    member
                            + " acts by "
                            + now
                            + ", but its log says "
                            + expected.configuration()
                            + " at "
                            + expected.index());
        }
    }

    private static boolean isCandidate(MemberState member) {
        RoleKind now = member.raft().role();
        return now == RoleKind.CANDIDATE || now == RoleKind.PRE_CANDIDATE;
    }

    /** Whether entries were removed, or replaced by others. */
    private static boolean hasCut(MemberState member) {
        return member.last < member.lastBefore
                || (member.last > member.lastBefore
                        && member.lastBefore > member.raft().compactedIndex()
                        && member.raft().termAt(member.lastBefore) != member.lastTermBefore);
    }

    /**
     * M13: who stands for election has a vote in a configuration that may be in force. What a
     * candidate asked for may leave later, when its disk is done and a leader of the same term has
     * taken its vote away: nobody counts the answers any more.
     */
    void sent(MemberState sender, Message message) {
        boolean campaigns = message instanceof VoteRequest || message instanceof PreVoteRequest;
        if (!campaigns || !isCandidate(sender) || active(sender).isVoter(sender.id())) {
            return;
        }
        long below = sender.durable().last() + 1;
        while (true) {
            Placed placed = lastBefore(sender, below);
            if (placed.configuration().isVoter(sender.id())) {
                return;
            }
            if (placed.index() <= sender.raft().commit()) {
                throw new Finding(
                        "M13",
                        "membership rights",
                        sender
                                + " asks for votes, but has none itself in "
                                + placed.configuration());
            }
            below = placed.index();
        }
    }

    /**
     * M12: a snapshot that leaves its member carries the configuration that was in force at its
     * end.
     */
    void sent(MemberState sender, SnapshotMeta snapshot) {
        if (snapshot.index() == lastSent[sender.number()] || snapshot.index() > committed.last()) {
            return;
        }
        lastSent[sender.number()] = snapshot.index();
        Configuration expected = committedAt(snapshot.index());
        if (!snapshot.configuration().equals(expected)) {
            throw configurationFinding(
                    sender
                            + " sends a snapshot of "
                            + snapshot.last()
                            + " with "
                            + snapshot.configuration()
                            + ", but the committed log says "
                            + expected);
        }
    }

    private Configuration committedAt(long index) {
        for (Map.Entry<Long, TreeMap<Long, Configuration>> at :
                seen.headMap(index, true).descendingMap().entrySet()) {
            Configuration found = at.getValue().get(committed.termAt(at.getKey()));
            if (found != null) {
                return found;
            }
        }
        return first;
    }

    /**
     * M13: who is no voter any more leads no longer than until that is committed (thesis §4.2.2),
     * once it knows what is.
     */
    void leads(MemberState member) {
        Configuration now = active(member);
        if (!member.isLeader()
                || now.isVoter(member.id())
                || member.commit <= member.raft().compactedIndex()
                || member.raft().termAt(member.commit) != member.term) {
            return;
        }
        long since = lastBefore(member, member.durable().last() + 1).index();
        if (since > 0 && since <= member.commit && member.durable().last() == member.last) {
            throw new Finding(
                    "M13",
                    "membership rights",
                    member + " still leads, though " + now + " without it is committed");
        }
    }

    /** M13: a majority of each set of voters has voted for the new leader. */
    void elected(MemberState leader, OneVote votes) {
        Configuration now = active(leader);
        Configuration before = activeBefore(leader);
        if (!isElectedBy(now, leader, votes) && !isElectedBy(before, leader, votes)) {
            throw new Finding(
                    "M13",
                    "membership rights",
                    leader + " leads term " + leader.term + " without a majority of " + now);
        }
    }

    private static boolean isElectedBy(Configuration by, MemberState leader, OneVote votes) {
        return isElected(leader, by.voters(), votes) && isElected(leader, by.outgoing(), votes);
    }

    private static boolean isElected(MemberState leader, List<NodeId> voters, OneVote votes) {
        int granted = 0;
        for (NodeId voter : voters) {
            boolean own = voter.equals(leader.id());
            granted += own || votes.has(leader.term, voter, leader.id()) ? 1 : 0;
        }
        return voters.isEmpty() || 2 * granted > voters.size();
    }

    private static Finding configurationFinding(String message) {
        return new Finding("M12", "configuration", message);
    }
}
