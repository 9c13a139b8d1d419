package dev.whitewater.node;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.ChangeResult;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.TransferResult;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What operators ask of a leader: changes of the membership (thesis §4), which from here on share
 * the fate of their log entries with {@link PendingWrites}, and handing leadership over (§3.10).
 */
final class OperatorRequests {

    private final Raft raft;
    private final PendingWrites writes;
    private final ClientReplies replies;
    private final List<Transfer> transfers = new ArrayList<>();

    /** A hand-over that began in {@code term}. */
    private record Transfer(long requestId, NodeId to, long term, long deadline) {}

    OperatorRequests(Raft raft, PendingWrites writes, ClientReplies replies) {
        this.raft = raft;
        this.writes = writes;
        this.replies = replies;
    }

    int size() {
        return transfers.size();
    }

    void change(long requestId, ClientRequest.ChangeMembership request, long deadline) {
        result(requestId, raft.changeMembership(request.changes(), request.mode()), deadline);
    }

    void leaveJoint(long requestId, long deadline) {
        result(requestId, raft.leaveJoint(), deadline);
    }

    private void result(long requestId, ChangeResult result, long deadline) {
        switch (result) {
            case ChangeResult.Accepted accepted -> writes.add(accepted.id(), requestId, deadline);
            case ChangeResult.Refused refused ->
                    replies.reply(
                            requestId,
                            new Reply.Refused(reason(refused.reason()), refused.leader()));
        }
    }

    private Reply.Reason reason(ChangeResult.Reason reason) {
        return switch (reason) {
            case NOT_LEADER -> notLeader();
            case CHANGE_PENDING, TERM_NOT_COMMITTED, TRANSFER_IN_PROGRESS -> Reply.Reason.NOT_NOW;
            case IMPOSSIBLE -> Reply.Reason.IMPOSSIBLE;
        };
    }

    private Reply.Reason notLeader() {
        return raft.leader().isNone() ? Reply.Reason.NO_LEADER : Reply.Reason.NOT_LEADER;
    }

    void transfer(long requestId, NodeId to, long deadline) {
        switch (raft.transferLeadership(to)) {
            case TransferResult.Started _ ->
                    transfers.add(new Transfer(requestId, to, raft.term(), deadline));
            case TransferResult.Refused refused ->
                    replies.reply(
                            requestId, new Reply.Refused(transferRefusal(), refused.leader()));
        }
    }

    private Reply.Reason transferRefusal() {
        if (raft.role() != RoleKind.LEADER) {
            return notLeader();
        }
        return raft.handsOverTo().isNone() ? Reply.Reason.IMPOSSIBLE : Reply.Reason.NOT_NOW;
    }

    /** Answers the hand-overs of which the outcome is known by now, or whose time is up. */
    void settle(long now) {
        if (transfers.isEmpty()) {
            return;
        }
        for (Iterator<Transfer> each = transfers.iterator(); each.hasNext(); ) {
            Transfer transfer = each.next();
            List<Reply> outcome = outcome(transfer, now);
            if (!outcome.isEmpty()) {
                each.remove();
                replies.reply(transfer.requestId(), outcome.getFirst());
            }
        }
    }

    /**
     * Empty while it is open. The target was told in the old term and campaigns in the next: once a
     * later term has another leader, the order to campaign is stale wherever it still is.
     */
    private List<Reply> outcome(Transfer transfer, long now) {
        if (raft.term() > transfer.term() && !raft.leader().isNone()) {
            return List.of(
                    raft.leader().equals(transfer.to())
                            ? new Reply.HandedOver(transfer.to())
                            : new Reply.Refused(Reply.Reason.NOT_LEADER, raft.leader()));
        }
        boolean gaveUp = raft.role() == RoleKind.LEADER && raft.handsOverTo().isNone();
        if (gaveUp || transfer.deadline() <= now) {
            return List.of(new Reply.Unknown(transfer.to() + " did not take over in time"));
        }
        return List.of();
    }

    long firstDeadline() {
        // Deadlines never fall along the list.
        return transfers.isEmpty() ? Long.MAX_VALUE : transfers.getFirst().deadline();
    }

    void stop() {
        for (Transfer transfer : transfers) {
            replies.reply(transfer.requestId(), new Reply.Unknown("the member stops"));
        }
        transfers.clear();
    }
}
