package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;

/** What happens by itself when time passes. Nothing polls: each role names its next deadline. */
final class Timers {

    private final Member member;
    private final ElectionRules elections;
    private final Replication replication;
    private final Transitions transitions;
    private final ReadIndex readIndex;
    private final TransferRules transfers;

    Timers(
            Member member,
            ElectionRules elections,
            Replication replication,
            Transitions transitions,
            ReadIndex readIndex) {
        this.member = member;
        this.elections = elections;
        this.replication = replication;
        this.transitions = transitions;
        this.readIndex = readIndex;
        this.transfers = new TransferRules(member);
    }

    long nextDeadline() {
        return switch (member.role()) {
            case Leader leader -> {
                long own = Math.min(leader.heartbeatDeadline(), leader.transfer().deadline());
                yield member.config().guards().checkQuorum()
                        ? Math.min(own, leader.quorumDeadline())
                        : own;
            }
            case Follower follower ->
                    Math.min(member.timer().deadline(), follower.reads().firstDeadline());
            case PreCandidate candidate -> member.timer().deadline();
            case Candidate candidate -> member.timer().deadline();
        };
    }

    /** Runs what is due; each thing once, however much time has passed. */
    void run() {
        switch (member.role()) {
            case Leader leader -> run(leader);
            case Follower follower -> {
                readIndex.refuseOverdue(follower);
                maybeStartElection();
            }
            case PreCandidate candidate -> maybeStartElection();
            case Candidate candidate -> maybeStartElection();
        }
    }

    private void maybeStartElection() {
        if (member.timer().deadline() <= member.now()) {
            elections.timedOut();
        }
    }

    private void run(Leader leader) {
        if (member.config().guards().checkQuorum()
                && leader.quorumDeadline() <= member.now()
                && !replication.hearsQuorum(leader)) {
            if (member.explains()) {
                member.because("steps down: heard no quorum for an election timeout");
            }
            transitions.becomeFollower(NodeId.NONE);
            return;
        }
        transfers.giveUpOverdue(leader);
        if (leader.heartbeatDeadline() <= member.now()) {
            readIndex.renewLease(leader);
            replication.broadcastHeartbeat(leader);
        }
    }
}
