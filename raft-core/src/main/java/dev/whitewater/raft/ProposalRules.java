package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.ProposalRequest;

import java.util.List;

/**
 * How commands get into the log (thesis §3.5): only a leader appends. A follower passes them on or
 * refuses them, as configured; who knows no leader refuses; a leader that hands over, or that holds
 * too much which is not committed, takes nothing in.
 */
final class ProposalRules {

    private final Member member;

    ProposalRules(Member member) {
        this.member = member;
    }

    ProposalResult propose(List<byte[]> commands) {
        Check.that(!commands.isEmpty(), "proposal-not-empty", "no command");
        if (member.role() instanceof Leader leader) {
            return propose(leader, commands);
        }
        NodeId known = member.role().leader();
        if (known.isNone() || !member.config().forwardsProposals()) {
            return refused(ProposalResult.Refusal.NOT_LEADER, known);
        }
        member.send(new ProposalRequest(member.self(), known, member.term(), Copies.of(commands)));
        return new ProposalResult.Forwarded(known);
    }

    /** What a follower passed on is taken in like any other, or dropped: nobody is told. */
    void handle(ProposalRequest request) {
        if (!(member.role() instanceof Leader leader)) {
            dropped(request, ProposalResult.Refusal.NOT_LEADER);
        } else if (propose(leader, request.commands()) instanceof ProposalResult.Refused it) {
            dropped(request, it.refusal());
        }
    }

    private void dropped(ProposalRequest request, ProposalResult.Refusal why) {
        if (member.explains()) {
            member.because("drops proposal that " + request.from() + " passed on: " + why);
        }
    }

    private ProposalResult propose(Leader leader, List<byte[]> commands) {
        if (leader.transfer().isPending()) {
            return refused(ProposalResult.Refusal.TRANSFER_IN_PROGRESS, leader.transfer().to());
        }
        long bytes = 0;
        for (byte[] command : commands) {
            bytes += command.length;
        }
        if (!leader.uncommitted().fits(bytes)) {
            return refused(ProposalResult.Refusal.TOO_MANY_UNCOMMITTED, member.self());
        }
        leader.uncommitted().add(bytes);
        EntryId first = new EntryId(member.term(), member.log().last() + 1);
        append(commands, first);
        leader.somethingIsDue();
        return new ProposalResult.Accepted(first);
    }

    private void append(List<byte[]> commands, EntryId first) {
        long index = first.index();
        for (byte[] command : commands) {
            member.log().append(Entry.command(new EntryId(first.term(), index++), command));
        }
    }

    private static ProposalResult refused(ProposalResult.Refusal why, NodeId ask) {
        return new ProposalResult.Refused(why, ask);
    }
}
