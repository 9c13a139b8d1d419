package dev.whitewater.node;

import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.wire.Command;
import dev.whitewater.node.wire.PeerRequest;
import dev.whitewater.node.wire.PeerRequestCodec;
import dev.whitewater.raft.ProposalResult;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes that another member proposes for this one, and those that this one proposes for others:
 * every one at most once.
 *
 * <p>The asker names each asking with a ticket that it never makes again, and the one term in which
 * it may be proposed. It knows of the write's fate from its own log alone, where the ticket stands
 * in the command. Terms never fall along a log: when an entry of a later term is applied and the
 * ticket did not come by, it never will, and the write may be asked for again.
 *
 * <p>The leader refuses only what it knows it never proposed in that term: it led the term in this
 * life of its process, and sees the ticket for the first time. Otherwise it says nothing:
 *
 * <ol>
 *   <li>n1 leads term 5, takes ticket 7 of n2 and appends it.
 *   <li>n1 crashes, is back, and the frame arrives a second time.
 *   <li>Were it refused, n2 would ask the leader of term 6 again, who holds the entry too.
 * </ol>
 */
final class ForwardedWrites {

    private final Raft raft;
    private final PeerRequestCodec codec;
    private final PeerNetwork network;
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final TreeMap<NodeId, Tickets> taken = new TreeMap<>();
    private long ledTerm;
    private long appliedTerm;

    /** A write that a leader was asked for. */
    record Pending(long requestId, ClientRequest.Write write, long term, long deadline) {}

    ForwardedWrites(Raft raft, PeerRequestCodec codec, PeerNetwork network) {
        this.raft = raft;
        this.codec = codec;
        this.network = network;
    }

    int size() {
        return pending.size();
    }

    // ---- for our own clients

    /** Asks the present leader, another member. */
    void ask(long ticket, Pending write, byte[] request) {
        pending.put(ticket, write);
        send(
                new PeerRequest.ProposeWrite(
                        raft.self(), raft.leader(), ticket, write.term(), request));
    }

    /** Whose command this is, if somebody here waits for it. */
    List<Pending> applied(Command command) {
        if (pending.isEmpty() || !command.proposer().equals(raft.self())) {
            return List.of();
        }
        Pending done = pending.remove(command.requestId());
        return done == null ? List.of() : List.of(done);
    }

    /** An entry of {@code term} was applied: what can't happen any more. */
    List<Pending> passedBy(long term) {
        if (term <= appliedTerm) {
            return List.of();
        }
        appliedTerm = term;
        List<Pending> lost = new ArrayList<>();
        for (Iterator<Pending> each = pending.values().iterator(); each.hasNext(); ) {
            Pending write = each.next();
            if (write.term() < term) {
                each.remove();
                lost.add(write);
            }
        }
        return lost;
    }

    /** The leader won't propose it. */
    List<Pending> refused(PeerRequest.WriteRefused refusal) {
        Pending write = pending.remove(refusal.ticket());
        return write == null ? List.of() : List.of(write);
    }

    /** Those whose time is up: nobody knows what became of them. */
    List<Pending> expired(long now) {
        List<Pending> expired = new ArrayList<>();
        for (Iterator<Pending> each = pending.values().iterator(); each.hasNext(); ) {
            Pending write = each.next();
            if (write.deadline() <= now) {
                each.remove();
                expired.add(write);
            }
        }
        return expired;
    }

    /** All of them; nobody will hear of their fate here any more. */
    List<Pending> giveUp() {
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        return all;
    }

    // ---- for other members

    void handle(PeerRequest.ProposeWrite asked) {
        if (raft.role() == RoleKind.LEADER && ledTerm != raft.term()) {
            ledTerm = raft.term();
            taken.clear();
        }
        if (asked.term() != ledTerm) {
            return;
        }
        if (!taken.computeIfAbsent(asked.from(), _ -> new Tickets()).take(asked.ticket())) {
            return;
        }
        if (raft.role() != RoleKind.LEADER || raft.term() != asked.term()) {
            refuse(asked, PeerRequest.Why.NOT_LEADER);
            return;
        }
        byte[] command = new Command(asked.from(), asked.ticket(), asked.request()).encode();
        if (raft.propose(command) instanceof ProposalResult.Refused refused) {
            refuse(asked, why(refused));
        }
    }

    private static PeerRequest.Why why(ProposalResult.Refused refused) {
        return switch (refused.refusal()) {
            case NOT_LEADER, TRANSFER_IN_PROGRESS -> PeerRequest.Why.NOT_LEADER;
            case TOO_MANY_UNCOMMITTED -> PeerRequest.Why.OVERLOADED;
        };
    }

    private void refuse(PeerRequest.ProposeWrite asked, PeerRequest.Why why) {
        send(new PeerRequest.WriteRefused(raft.self(), asked.from(), asked.ticket(), why));
    }

    private void send(PeerRequest request) {
        network.send(request.to(), codec.encode(request));
    }
}
