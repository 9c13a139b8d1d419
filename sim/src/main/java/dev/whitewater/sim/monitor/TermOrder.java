package dev.whitewater.sim.monitor;

import dev.whitewater.node.wire.Frame;

/**
 * M3, terms: a member's term never falls, and no message carries a term that its sender could
 * forget in a crash (thesis figure 3.1, "updated on stable storage before responding").
 */
final class TermOrder {

    void after(MemberState member) {
        if (member.term < member.termBefore) {
            throw finding(
                    member + " went back from term " + member.termBefore + " to " + member.term);
        }
    }

    /** After a restart the term is at least the one that was durable. */
    void recovered(MemberState member) {
        long durable = member.durable().hardState().term();
        if (member.term < durable) {
            throw finding(
                    member + " restarted in term " + member.term + ", its disk says " + durable);
        }
    }

    void sent(MemberState sender, Frame frame) {
        long durable = sender.durable().hardState().term();
        if (frame.term() > durable) {
            throw finding(
                    sender
                            + " speaks of term "
                            + frame.term()
                            + " while only term "
                            + durable
                            + " is durable on its disk");
        }
    }

    private static Finding finding(String message) {
        return new Finding("M3", "term order", message);
    }
}
