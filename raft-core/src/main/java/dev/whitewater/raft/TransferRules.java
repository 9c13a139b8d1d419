package dev.whitewater.raft;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.progress.Progress;

/**
 * Handing leadership over (thesis §3.10): the leader stops taking proposals in, brings the target
 * up to date, and tells it to campaign at once. Gives up after an election timeout.
 */
final class TransferRules {

    private final Member member;

    TransferRules(Member member) {
        this.member = member;
    }

    TransferResult start(NodeId to) {
        if (!(member.role() instanceof Leader leader)) {
            return refused("not the leader");
        }
        if (to.equals(member.self())) {
            return refused(to + " leads already");
        }
        if (!member.membership().active().isVoter(to)) {
            return refused(to + " is no voter");
        }
        if (leader.transfer().isPending() && !leader.transfer().to().equals(to)) {
            return refused("handing over to " + leader.transfer().to());
        }
        leader.transfer().begin(to, member.now() + member.config().electionTicks());
        leader.somethingIsDue();
        return new TransferResult.Started(to);
    }

    private TransferResult refused(String why) {
        return new TransferResult.Refused(why, member.role().leader());
    }

    /** Tells the target to campaign once it has everything. */
    void maybeHandOver(Leader leader) {
        Transfer transfer = leader.transfer();
        if (!transfer.isPending() || transfer.isTold() || !leader.knows(transfer.to())) {
            return;
        }
        Progress target = leader.progress(transfer.to());
        if (target.match() == member.log().last()) {
            transfer.told();
            member.send(new TimeoutNow(member.self(), transfer.to(), member.term()));
        }
    }

    /** The target did not take over in time. */
    void giveUpOverdue(Leader leader) {
        if (leader.transfer().deadline() <= member.now()) {
            if (member.explains()) {
                member.because("gives up handing over to " + leader.transfer().to());
            }
            leader.transfer().end();
        }
    }
}
