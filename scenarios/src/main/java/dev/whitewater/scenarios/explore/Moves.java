package dev.whitewater.scenarios.explore;

import dev.whitewater.raft.Check;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What can happen to a cluster, and what becomes of it.
 *
 * <p>How often each member will crash is decided at the beginning: it may, in the end, crash less
 * often. So it is known of most members that they lose nothing any more, and the writes of those
 * that do not lead may as well be done at once: no other member sees a write but by what is said
 * after it, and what is said may always arrive late. A leader's writes stay apart, since they
 * decide how far it commits.
 */
final class Moves {

    private final ExploreBounds bounds;
    private final Layout layout;
    private final MemberStates members;
    private final Network network;

    Moves(ExploreBounds bounds, Layout layout, Messages messages, MemberStates members) {
        this.bounds = bounds;
        this.layout = layout;
        this.members = members;
        this.network = new Network(bounds, layout, messages, members);
    }

    /** Sees what happens by itself after a move: an input to a member, and what it sends. */
    interface Aftermath {
        void happens(int place, int input, int[] sent);
    }

    /** One state for each way to hand the crashes out. */
    List<int[]> first() {
        int[] state = new int[layout.wire()];
        for (int place = 0; place < bounds.members(); place++) {
            state[layout.member(place)] = members.first(place);
        }
        List<int[]> all = new ArrayList<>();
        handOut(all, state, 0, bounds.crashes());
        return all;
    }

    private void handOut(List<int[]> all, int[] state, int place, int left) {
        int[] next = state.clone();
        if (place == bounds.members() - 1) {
            next[layout.crashes(place)] = left;
            all.add(next);
            return;
        }
        for (int here = 0; here <= left; here++) {
            next[layout.crashes(place)] = here;
            handOut(all, next, place + 1, left - here);
        }
    }

    /** The state after {@code input} to the member at {@code place}. */
    int[] take(int[] from, int place, int input, Aftermath aftermath) {
        int[] to = from.clone();
        MemberStates.Step step = members.step(from[layout.member(place)], input);
        to[Layout.PROPOSALS] += input == MemberStates.PROPOSE ? 1 : 0;
        to[layout.crashes(place)] -= input == MemberStates.CRASH ? 1 : 0;
        int[] sent = step.sent();
        arrive(to, place, step.to());
        while (to[layout.crashes(place)] == 0 && mayWriteAtOnce(members.get(step.to()))) {
            step = members.step(step.to(), MemberStates.SYNC);
            aftermath.happens(place, MemberStates.SYNC, step.sent());
            arrive(to, place, step.to());
            sent = joined(sent, step.sent());
        }
        forgetLeaders(to);
        return network.settle(to, sent, aftermath);
    }

    private static boolean mayWriteAtOnce(MemberState member) {
        return member.isWriting() && member.facts().role() != RoleKind.LEADER;
    }

    private static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private void arrive(int[] state, int place, int member) {
        state[layout.member(place)] = member;
        MemberState.Facts facts = members.get(member).facts();
        if (facts.role() == RoleKind.LEADER) {
            leads(state, place, facts.term());
        }
    }

    /** M1: one leader a term, ever. */
    private void leads(int[] state, int place, long term) {
        int other = state[layout.leader(term)] - 1;
        Check.that(
                other < 0 || other == place,
                "M1-election-safety",
                new NodeId(other + 1L) + " and " + new NodeId(place + 1L) + " lead term " + term);
        state[layout.leader(term)] = place + 1;
    }

    /** Of terms of which nobody can win an election any more it matters no more who did. */
    private void forgetLeaders(int[] state) {
        for (int term = 1; term <= bounds.terms(); term++) {
            boolean open = false;
            for (int place = 0; place < bounds.members(); place++) {
                MemberState.Facts facts = members.get(state[layout.member(place)]).facts();
                open |= facts.floor(state[layout.crashes(place)] > 0) < term;
                open |= facts.term() == term && facts.role() == RoleKind.CANDIDATE;
            }
            if (!open) {
                state[layout.leader(term)] = 0;
            }
        }
    }
}
