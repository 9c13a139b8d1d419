package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.VoteRequest;

import java.util.Arrays;
import java.util.List;

/**
 * M35, stable leader, at its roots, where CheckQuorum is on: a leader that no quorum of voters
 * answers steps down (thesis §6.2), and who heard its leader lately leaves it for no candidate that
 * the leader did not call for (§4.2.3). With PreVote such a member doesn't encourage one either
 * (§9.6): whoever wins those votes raises the term, and with it deposes the leader that all others
 * follow.
 */
final class StableLeader {
    /**
     * A leader looks at each timeout whether a quorum answered since it last looked, so it is two
     * late at most; a jump of its clock may put off each look by one more.
     */
    private static final int TIMEOUTS = 4;

    private final Patience patience;
    private final Configurations configurations;
    private final int members;

    /** By leader and follower: when anything came from it last, in the leader's patience. */
    private final long[] heard;

    private final long[] terms;
    private final long[] changes;
    private final long[] nextLook;

    /** What a member's clock showed when its leader's word came last, and which term that was. */
    private final long[] contacts;

    private final long[] contactTerms;

    private int loyal;
    private int content;
    private boolean encouraged;
    private NodeId candidate = NodeId.NONE;
    private long saidIn;

    StableLeader(Patience patience, Configurations configurations, int members) {
        this.patience = patience;
        this.configurations = configurations;
        this.members = members;
        heard = new long[(members + 1) * (members + 1)];
        terms = new long[members + 1];
        changes = new long[members + 1];
        nextLook = new long[members + 1];
        contacts = new long[members + 1];
        contactTerms = new long[members + 1];
        Arrays.fill(terms, -1);
    }

    /** The member is about to handle a frame. */
    void delivering(MemberState member, Frame frame) {
        loyal = 0;
        content = 0;
        encouraged = false;
        saidIn = 0;
        if (!(frame instanceof Frame.Core(Message message))) {
            return;
        }
        if (message instanceof VoteRequest request) {
            if (request.term() > member.term
                    && !request.byTransfer()
                    && member.hasCheckQuorum()
                    && isBound(member)) {
                loyal = member.number();
                candidate = request.from();
            }
            return;
        }
        if (message instanceof PreVoteRequest request && (member.isLeader() || isBound(member))) {
            content = member.number();
            candidate = request.from();
        }
        boolean leads =
                message instanceof AppendRequest
                        || message instanceof HeartbeatRequest
                        || message instanceof InstallSnapshot;
        saidIn = leads ? message.term() : 0;
    }

    /** Two ticks less than the timeout would be exact; this needs not know what a tick is. */
    private boolean isBound(MemberState member) {
        int number = member.number();
        return member.role == RoleKind.FOLLOWER
                && !member.leader.isNone()
                && contactTerms[number] == member.term
                && patience.reading(number) - contacts[number] < patience.electionNanos() * 3 / 4;
    }

    void sent(MemberState sender, Message message) {
        if (message instanceof PreVoteResponse response && content == sender.number()) {
            encouraged |= response.granted() && response.to().equals(candidate);
        }
    }

    /** The member has handled an event; {@code peer} sent it, or is 0. */
    void after(MemberState member, int peer) {
        if (encouraged && content == member.number()) {
            encouraged(member);
        }
        if (peer > 0) {
            handled(member, peer);
        }
        // Who was asked to end hears nobody any more and doesn't know it.
        if (member.isLeader() && !member.isStopping() && member.hasCheckQuorum()) {
            leads(member, peer);
        }
        loyal = 0;
        content = 0;
    }

    /** A leader that hears no quorum steps down first, and may say yes then. */
    private void encouraged(MemberState member) {
        boolean stays = member.role == member.roleBefore && member.term == member.termBefore;
        if (stays && !member.leader.isNone()) {
            throw finding(
                    member
                            + (member.isLeader()
                                    ? " leads term "
                                    : " heard lately of the leader of term ")
                            + member.term
                            + " and promises "
                            + candidate
                            + " its vote in a later one");
        }
    }

    private void handled(MemberState member, int peer) {
        int number = member.number();
        if (loyal == number && member.term > member.termBefore) {
            throw finding(
                    member
                            + " heard the leader of term "
                            + member.termBefore
                            + " only "
                            + (patience.reading(number) - contacts[number]) / 1_000_000
                            + " ms ago, and left it for term "
                            + member.term
                            + " because "
                            + candidate
                            + " asked for a vote");
        }
        // What it said when it led an earlier term is no sign of life.
        if (saidIn == member.term && member.leader.value() == peer) {
            contacts[number] = patience.reading(number);
            contactTerms[number] = member.term;
        }
    }

    private void leads(MemberState leader, int peer) {
        int number = leader.number();
        int row = number * (members + 1);
        long now = patience.of(number);
        long changed = configurations.changes(leader);
        if (terms[number] != leader.term || changes[number] != changed) {
            terms[number] = leader.term;
            changes[number] = changed;
            Arrays.fill(heard, row, row + members + 1, now);
        }
        heard[row + peer] = now;
        if (now < nextLook[number]) {
            return;
        }
        nextLook[number] = now + patience.electionNanos() / 2;
        Configuration active = configurations.active(leader);
        boolean heardEnough =
                hears(leader, active.voters())
                        && (!active.isJoint() || hears(leader, active.outgoing()));
        if (!heardEnough) {
            throw finding(
                    leader
                            + " leads term "
                            + leader.term
                            + " though no quorum of "
                            + active
                            + " was heard for "
                            + TIMEOUTS
                            + " election timeouts");
        }
    }

    private boolean hears(MemberState leader, List<NodeId> voters) {
        int row = leader.number() * (members + 1);
        long since = patience.of(leader.number()) - TIMEOUTS * patience.electionNanos();
        int count = 0;
        for (int i = 0; i < voters.size(); i++) {
            int voter = (int) voters.get(i).value();
            count += voter == leader.number() || heard[row + voter] >= since ? 1 : 0;
        }
        return 2 * count > voters.size();
    }

    private static Finding finding(String message) {
        return new Finding("M35", "stable leader", message);
    }
}
