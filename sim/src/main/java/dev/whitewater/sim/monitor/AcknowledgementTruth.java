package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Configuration;

import java.util.Arrays;
import java.util.List;

/**
 * M10, acknowledgements: what a leader takes for matched on a follower is durable there and equal
 * to its own log, never falls in its term, and lies before what it sends next; answers that were
 * given in another term change nothing, be they to appends or to rounds of reads.
 */
final class AcknowledgementTruth {

    private final List<MemberState> members;
    private final long[] matched;

    /** By leader and follower: the match and the newest confirmed round, added up. */
    private final long[] counted;

    private final long[] terms;
    private int receiver;
    private long receivedTerm;
    private final Configurations configurations;

    /** How often each leader's configuration had changed when this last looked. */
    private final long[] seen;

    AcknowledgementTruth(List<MemberState> members, Configurations configurations) {
        this.members = members;
        this.configurations = configurations;
        seen = new long[members.size() + 1];
        counted = new long[(members.size() + 1) * (members.size() + 1)];
        matched = new long[(members.size() + 1) * (members.size() + 1)];
        terms = new long[members.size() + 1];
    }

    /** A frame of this term is about to be handled by the member. */
    void delivering(MemberState member, long term) {
        receiver = member.number();
        receivedTerm = term;
    }

    /** {@code leader} has handled something that came from {@code peer}. */
    void after(MemberState leader, int peer) {
        if (!leader.isLeader()) {
            return;
        }
        int row = leader.number() * (members.size() + 1);
        // Who leaves the cluster and comes back begins anew.
        Configuration now = configurations.active(leader);
        long changes = configurations.changes(leader);
        boolean reconfigured = changes != seen[leader.number()];
        seen[leader.number()] = changes;
        if (terms[leader.number()] != leader.term) {
            Arrays.fill(counted, row, row + members.size() + 1, 0);
        }
        if (terms[leader.number()] != leader.term || reconfigured) {
            terms[leader.number()] = leader.term;
            Arrays.fill(matched, row, row + members.size() + 1, 0);
        }
        MemberState follower = members.get(peer - 1);
        long match = leader.raft().matchIndex(follower.id());
        long before = matched[row + peer];
        // Both only rise as long as the follower stays a member.
        long sum = match + leader.raft().confirmedRound(follower.id());
        boolean rises = sum > counted[row + peer];
        counted[row + peer] = sum;
        if (!now.isMember(follower.id())) {
            return;
        }
        if (receiver == leader.number() && receivedTerm != leader.term && rises) {
            throw finding(
                    leader
                            + " leads term "
                            + leader.term
                            + " and counts an answer that "
                            + follower
                            + " gave in term "
                            + receivedTerm);
        }
        checkNext(leader, follower, match);
        if (match == before) {
            return;
        }
        matched[row + peer] = match;
        check(leader, follower, match, before);
    }

    private static void check(MemberState leader, MemberState follower, long match, long before) {
        if (match < before) {
            throw finding(
                    leader
                            + " moved back what matches on "
                            + follower
                            + ": "
                            + before
                            + " to "
                            + match);
        }
        if (match > leader.raft().compactedIndex()) {
            checkDurable(leader, follower, match);
        }
    }

    private static void checkNext(MemberState leader, MemberState follower, long match) {
        long next = leader.raft().nextIndex(follower.id());
        if (next <= match) {
            throw finding(
                    leader
                            + " matched "
                            + match
                            + " on "
                            + follower
                            + " and sends "
                            + next
                            + " next");
        }
    }

    private static void checkDurable(MemberState leader, MemberState follower, long match) {
        long term = leader.raft().termAt(match);
        if (isBoundTo(follower, leader) && !follower.durable().holds(match, term)) {
            throw finding(
                    leader
                            + " takes "
                            + term
                            + "/"
                            + match
                            + " for matched on "
                            + follower
                            + ", whose disk has "
                            + follower.durable().termAt(match)
                            + "/"
                            + match
                            + " and ends at "
                            + follower.durable().last());
        }
    }

    /**
     * Whether the follower's log may still not be changed by anyone but {@code leader}. An
     * acknowledgement that comes late finds a follower that has gone on:
     *
     * <ol>
     *   <li>n1 leads term 3, n2 acknowledges 3/7, which no quorum holds; the answer is delayed.
     *   <li>n3 wins term 4 without 3/7 and replaces it on n2 by 4/7.
     *   <li>n1, which hasn't heard of term 4, takes the answer in. It was true when it was given.
     * </ol>
     */
    private static boolean isBoundTo(MemberState follower, MemberState leader) {
        return follower.durable().hardState().term() <= leader.term;
    }

    private static Finding finding(String message) {
        return new Finding("M10", "acknowledgement truth", message);
    }
}
