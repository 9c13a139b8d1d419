package dev.whitewater.sim.monitor;

import dev.whitewater.node.NodeView;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;
import dev.whitewater.sim.Probe;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the situations that a run came into: what the monitors had a chance to judge. */
public final class Situations {

    private final List<MemberState> members;
    private final long[] counts = new long[Probe.values().length];
    private final long[] compacted;

    Situations(List<MemberState> members) {
        this.members = members;
        compacted = new long[members.size() + 1];
    }

    public void hit(Probe probe) {
        counts[probe.ordinal()]++;
    }

    /** Those that were met, by name. */
    public SortedMap<String, Long> counts() {
        TreeMap<String, Long> met = new TreeMap<>();
        for (Probe probe : Probe.values()) {
            if (counts[probe.ordinal()] > 0) {
                met.put(probe.text(), counts[probe.ordinal()]);
            }
        }
        return met;
    }

    void sent(Frame frame) {
        if (frame instanceof Frame.Core(Message message)) {
            sent(message);
        } else if (frame instanceof Frame.Chunk) {
            hit(Probe.SNAPSHOT_CHUNK_SENT);
        }
    }

    private void sent(Message message) {
        if (message instanceof AppendResponse response && !response.accepted()) {
            hit(Probe.APPEND_REFUSED);
        } else if (message instanceof VoteResponse response && !response.granted()) {
            hit(Probe.VOTE_REFUSED);
        } else if (message instanceof PreVoteResponse response && !response.granted()) {
            hit(Probe.PRE_VOTE_REFUSED);
        } else if (message instanceof VoteRequest request && request.byTransfer()) {
            hit(Probe.VOTE_BY_TRANSFER);
        } else if (message instanceof ReadIndexRequest) {
            hit(Probe.READ_ASKED_BY_FOLLOWER);
        } else if (message instanceof AppendRequest request
                && !request.entries().isEmpty()
                && request.commit() > request.entries().getLast().index()) {
            hit(Probe.APPEND_SPLIT);
        }
    }

    /** The member has handled an event. */
    void after(MemberState member, NodeView node) {
        if (member.role != member.roleBefore || member.term != member.termBefore) {
            roles(member);
        }
        if (member.last < member.lastBefore
                || (member.last != member.lastBefore
                        && member.lastBefore > member.raft().compactedIndex()
                        && member.raft().termAt(member.lastBefore) != member.lastTermBefore)) {
            hit(Probe.LOG_TRUNCATED);
        }
        if (node.applied().restoredIndex() > 0) {
            hit(Probe.SNAPSHOT_INSTALLED);
            if (node.watchers() > 0) {
                hit(Probe.WATCH_OVER_SNAPSHOT);
            }
        }
        long compactedNow = member.raft().compactedIndex();
        if (compactedNow > compacted[member.number()]) {
            compacted[member.number()] = compactedNow;
            hit(Probe.LOG_COMPACTED);
        }
        commits(member, compactedNow);
    }

    private void commits(MemberState member, long compactedNow) {
        long next = member.commitBefore + 1;
        if (member.isLeader()
                && member.commit >= next
                && next > compactedNow
                && member.raft().termAt(next) < member.term) {
            hit(Probe.OLD_TERM_COMMITTED);
        }
    }

    private void roles(MemberState member) {
        boolean led = member.roleBefore == RoleKind.LEADER;
        if (led && member.term > member.termBefore) {
            hit(Probe.LEADER_DEPOSED);
        } else if (led && member.role != RoleKind.LEADER) {
            hit(Probe.LEADER_RESIGNED);
        }
        if (member.role == RoleKind.CANDIDATE && member.roleBefore == RoleKind.CANDIDATE) {
            hit(Probe.CANDIDATE_TRIED_AGAIN);
        }
        if (member.isLeader()) {
            for (MemberState other : members) {
                if (other.isLeader() && other.number() != member.number()) {
                    hit(Probe.TWO_LEADERS_AT_ONCE);
                }
            }
        }
    }

    /** Another configuration is in force at the member. */
    void reconfigured(MemberState member, Configuration now) {
        if (now.isJoint()) {
            hit(Probe.JOINT_CONFIGURATION);
        }
        if (!now.learners().isEmpty()) {
            hit(Probe.LEARNER);
        }
        if (now.voters().size() == 1 && members.size() > 1) {
            hit(Probe.SINGLE_VOTER);
        }
        if (member.isLeader() && !now.isVoter(member.id())) {
            hit(Probe.LEADER_LEFT_CLUSTER);
        }
    }

    /** The member's process ends; its state is as it last was. */
    public void ends(MemberState member) {
        if (member.isLeader() && member.last > member.commit) {
            hit(Probe.LEADER_CRASHED_MID_APPEND);
        }
    }

    void recovered(MemberState member, long lastBefore) {
        if (member.last < lastBefore) {
            hit(Probe.TAIL_LOST_IN_CRASH);
        }
        if (member.raft().compactedIndex() > 0) {
            hit(Probe.RESTARTED_WITH_SNAPSHOT);
        }
    }
}
