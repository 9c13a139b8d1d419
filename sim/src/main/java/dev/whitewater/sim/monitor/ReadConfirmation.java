package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;

import java.util.List;

/**
 * M13, membership rights, and M19, read floor, at their roots: where learners have confirmed a
 * round of reads, or the configuration is joint, the voters have confirmed it too before it is
 * answered; and the index that a leader names is at least what was committed anywhere when the
 * question was asked (thesis §6.4). And a round is answered by heartbeats that left after all of
 * its questions had come: what others said to earlier ones says nothing of now. A round that too
 * few voters confirmed and nobody else is M19's and M17's, who say what came of it.
 */
final class ReadConfirmation {
    /** A power of two; older questions than so many are not judged. */
    private static final int QUESTIONS = 64;

    private final CommittedLog committed;
    private final Configurations configurations;
    private final long[] granted;
    private final long[] terms;
    private final long[] changes;

    /** By member and question: its context, and what was committed when it was asked first. */
    private final long[] contexts;

    private final long[] floors;

    /** When it came to the leader first, in frames handled anywhere; 0 if it did not yet. */
    private final long[] came;

    /** By leader: the newest round that a heartbeat of its present term named, and when first. */
    private final long[] named;

    private final long[] namedTerms;
    private final long[] namedSince;
    private long frames;

    ReadConfirmation(CommittedLog committed, Configurations configurations, int members) {
        this.committed = committed;
        this.configurations = configurations;
        granted = new long[members + 1];
        terms = new long[members + 1];
        changes = new long[members + 1];
        contexts = new long[(members + 1) * QUESTIONS];
        floors = new long[contexts.length];
        came = new long[contexts.length];
        named = new long[members + 1];
        namedTerms = new long[members + 1];
        namedSince = new long[members + 1];
    }

    /** The member is about to handle a frame. */
    void delivering(Frame frame) {
        frames++;
        if (frame instanceof Frame.Core(ReadIndexRequest request)) {
            int at = place(request.from(), request.context());
            if (contexts[at] == request.context() && came[at] == 0) {
                came[at] = frames;
            }
        }
    }

    void sentHeartbeat(MemberState sender, Frame frame) {
        int number = sender.number();
        if (frame instanceof Frame.Core(HeartbeatRequest heartbeat)
                && (heartbeat.readContext() > named[number]
                        || heartbeat.term() != namedTerms[number])) {
            named[number] = heartbeat.readContext();
            namedTerms[number] = heartbeat.term();
            namedSince[number] = frames;
        }
    }

    /** Rounds that were begun while heartbeats of a later one were under way aren't judged. */
    private void mustBeYounger(MemberState leader, int question) {
        int number = leader.number();
        long round = leader.raft().grantedRound();
        boolean isKnown =
                leader.isLeader()
                        && !leader.hasReadLease()
                        && namedTerms[number] == leader.term
                        && named[number] == round;
        if (isKnown && round > 0 && came[question] > namedSince[number]) {
            throw new Finding(
                    "M19",
                    "read floor",
                    leader
                            + " answers a question by round "
                            + round
                            + " of reads, which began before the question came");
        }
    }

    void sent(MemberState sender, Message message) {
        if (message instanceof ReadIndexRequest request) {
            int at = place(request.from(), request.context());
            contexts[at] = request.context();
            floors[at] = committed.last();
            came[at] = 0;
        } else if (message instanceof ReadIndexResponse response) {
            int at = place(response.to(), response.context());
            if (contexts[at] == response.context() && response.index() < floors[at]) {
                throw new Finding(
                        "M19",
                        "read floor",
                        sender
                                + " lets "
                                + response.to()
                                + " read from index "
                                + response.index()
                                + " on, but "
                                + floors[at]
                                + " was committed when it was asked");
            }
            if (contexts[at] == response.context()) {
                mustBeYounger(sender, at);
            }
        }
    }

    private static int place(NodeId asker, long context) {
        return (int) asker.value() * QUESTIONS + ((int) context & QUESTIONS - 1);
    }

    /** The member has handled an event. */
    void after(MemberState leader) {
        if (!leader.isLeader()) {
            return;
        }
        int number = leader.number();
        long round = leader.raft().grantedRound();
        long changed = configurations.changes(leader);
        // Whom a change takes out of the cluster in this very event may have counted before.
        boolean isNew =
                round > 0
                        && round != granted[number]
                        && terms[number] == leader.term
                        && changes[number] == changed;
        terms[number] = leader.term;
        changes[number] = changed;
        granted[number] = round;
        if (!isNew) {
            return;
        }
        Configuration active = configurations.active(leader);
        boolean othersCount =
                active.isJoint()
                        || (!active.learners().isEmpty() && learnersConfirm(leader, round));
        if (othersCount
                && (!confirm(leader, active.voters(), round)
                        || (active.isJoint() && !confirm(leader, active.outgoing(), round)))) {
            throw new Finding(
                    "M13",
                    "membership rights",
                    leader
                            + " answers round "
                            + round
                            + " of reads, which no quorum of "
                            + active
                            + " has confirmed");
        }
    }

    private boolean learnersConfirm(MemberState leader, long round) {
        List<NodeId> learners = configurations.active(leader).learners();
        for (int i = 0; i < learners.size(); i++) {
            if (leader.raft().confirmedRound(learners.get(i)) >= round) {
                return true;
            }
        }
        return false;
    }

    private static boolean confirm(MemberState leader, List<NodeId> voters, long round) {
        int count = 0;
        for (int i = 0; i < voters.size(); i++) {
            NodeId voter = voters.get(i);
            boolean confirms =
                    voter.value() == leader.number()
                            || leader.raft().confirmedRound(voter) >= round;
            count += confirms ? 1 : 0;
        }
        return 2 * count > voters.size();
    }
}
