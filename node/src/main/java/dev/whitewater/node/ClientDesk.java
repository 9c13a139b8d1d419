package dev.whitewater.node;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.wire.Command;
import dev.whitewater.node.wire.PeerRequest;
import dev.whitewater.node.wire.PeerRequestCodec;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.RequestCodec;
import dev.whitewater.store.Store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * Requests whose client leaves it to the member to find the leader (etcd forwards proposals and
 * read indexes over Raft, lease renewals over HTTP; here all of it goes in {@link PeerRequest}s).
 *
 * <p>What can't be done for want of a leader is held back until there is one or its time is up.
 * Only what certainly didn't happen is tried again.
 */
final class ClientDesk {

    /** Requests held back or under way to a leader; more than that are refused. */
    private static final int REQUESTS_MOST = 1 << 16;

    /** How closely the deadlines of what waits here are kept. */
    private static final long LOOK_NANOS = 100_000_000;

    private final Raft raft;
    private final ClientReplies replies;
    private final PeerNetwork network;
    private final PeerRequestCodec codec;
    private final Local local;
    private final PendingReads reads;
    private final ForwardedWrites writes;
    private final LeaseKeeper leases;
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    /** By ticket: questions about leases that a leader was asked. */
    private final TreeMap<Long, Asked> asked = new TreeMap<>();

    private Store store;
    private long lastTicket;
    private long now;
    private long nextLook;

    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** What a member does for itself when it leads. */
    interface Local {

        /** Proposes a write; false if this member does not lead, or is about to stop leading. */
        boolean propose(long requestId, ClientRequest.Write write);
    }

    private record Held(long requestId, ClientRequest request, long deadline) {}

    /** Asked in {@code term}; to be asked again in a later one, or when nothing came for long. */
    private record Asked(Held request, long term, long patience) {}

    /** The parts of the member that the desk works with. */
    record Parts(
            Raft raft,
            Store store,
            PendingReads reads,
            LeaseKeeper leases,
            long life,
            Local local) {}

    ClientDesk(Parts parts, long clusterId, ClientReplies replies, PeerNetwork network) {
        this.replies = replies;
        this.network = network;
        raft = parts.raft();
        store = parts.store();
        reads = parts.reads();
        leases = parts.leases();
        local = parts.local();
        codec = new PeerRequestCodec(clusterId);
        writes = new ForwardedWrites(raft, codec, network);
        lastTicket = parts.life() << PeerRequest.TICKET_COUNT_BITS;
    }

    int pendingWrites() {
        return writes.size();
    }

    /** A snapshot took the place of entries: whether they carried a ticket will never be known. */
    void moveTo(Store other) {
        store = other;
        writes.giveUp().forEach(write -> unknown(write, "a snapshot took its place in the log"));
    }

    // ---- clients

    /** One of the requests that are for this desk. */
    void request(long requestId, ClientRequest request, long deadline) {
        if (held.size() + writes.size() + asked.size() >= REQUESTS_MOST) {
            replies.reply(requestId, new Reply.Refused(Reply.Reason.OVERLOADED, raft.leader()));
            return;
        }
        route(new Held(requestId, request, deadline));
    }

    private void route(Held request) {
        switch (request.request()) {
            case ClientRequest.Write write -> routeWrite(request, write);
            case ClientRequest.Read _ -> serveWhenFresh(request);
            case ClientRequest.CatchUp _ -> serveWhenFresh(request);
            case ClientRequest.RenewLease _, ClientRequest.AskLease _ -> routeLease(request);
            case ClientRequest.ListLeases _ ->
                    replies.reply(request.requestId(), new Reply.LeasesListed(store.leaseIds()));
            case ClientRequest.ChangeMembership _,
                    ClientRequest.LeaveJoint _,
                    ClientRequest.TransferLeadership _,
                    ClientRequest.Defragment _ ->
                    throw new IllegalArgumentException("not for this desk: " + request);
        }
    }

    private void hold(Held request) {
        held.addLast(request);
    }

    private void routeWrite(Held request, ClientRequest.Write write) {
        if (raft.leader().isNone()) {
            hold(request);
        } else if (raft.leader().equals(raft.self())) {
            if (!local.propose(request.requestId(), write)) {
                hold(request);
            }
        } else {
            lastTicket++;
            writes.ask(
                    lastTicket,
                    new ForwardedWrites.Pending(
                            request.requestId(), write, raft.term(), request.deadline()),
                    RequestCodec.encode(write.request()));
        }
    }

    private void serveWhenFresh(Held request) {
        if (raft.leader().isNone()) {
            hold(request);
        } else {
            reads.add(new FreshRead(request), request.deadline());
        }
    }

    /** A read, a renewal at its leader, or whatever else must know how far the cluster is. */
    private final class FreshRead implements PendingReads.Read, LeaseKeeper.Renewal {
        private final Held request;

        FreshRead(Held request) {
            this.request = request;
        }

        @Override
        public void serve() {
            switch (request.request()) {
                case ClientRequest.Read read ->
                        reply(new Reply.Answered(store.read(read.caller(), read.range())));
                case ClientRequest.RenewLease renew when leads() ->
                        leases.renew(renew.id(), this, now);
                case ClientRequest.AskLease ask when leads() ->
                        reply(leases.timeLeft(ask.id(), ask.keys(), now));
                case ClientRequest.CatchUp _ -> reply(new Reply.CaughtUp());
                default -> hold(request);
            }
        }

        private void reply(Reply reply) {
            replies.reply(request.requestId(), reply);
        }

        @Override
        public long deadline() {
            return request.deadline();
        }

        @Override
        public void told(Reply.LeaseTold told) {
            reply(told);
        }

        @Override
        public void again() {
            hold(request);
        }

        @Override
        public void refuse(Reply.Refused refusal) {
            if (refusal.reason() == Reply.Reason.STOPPING || request.deadline() <= now) {
                reply(refusal);
            } else {
                hold(request);
            }
        }
    }

    private boolean leads() {
        leases.observe(raft.role(), raft.term(), now);
        return raft.role() == RoleKind.LEADER;
    }

    private void routeLease(Held request) {
        if (raft.leader().isNone()) {
            hold(request);
        } else if (leads()) {
            reads.add(new FreshRead(request), request.deadline());
        } else {
            lastTicket++;
            asked.put(lastTicket, new Asked(request, raft.term(), now + PATIENCE_NANOS));
            send(question(request.request()));
        }
    }

    private PeerRequest question(ClientRequest request) {
        return switch (request) {
            case ClientRequest.RenewLease renew ->
                    new PeerRequest.AskLease(
                            raft.self(),
                            raft.leader(),
                            lastTicket,
                            PeerRequest.Question.RENEW,
                            renew.id());
            case ClientRequest.AskLease ask ->
                    new PeerRequest.AskLease(
                            raft.self(),
                            raft.leader(),
                            lastTicket,
                            ask.keys()
                                    ? PeerRequest.Question.TIME_LEFT_AND_KEYS
                                    : PeerRequest.Question.TIME_LEFT,
                            ask.id());
            default -> throw new IllegalArgumentException("no question about a lease: " + request);
        };
    }

    // ---- other members

    /** Takes in a frame for which {@link PeerRequestCodec#isPeerRequest} holds. */
    void receive(NodeId from, byte[] frame) {
        PeerRequest request = codec.decode(frame);
        if (!request.from().equals(from) || !request.to().equals(raft.self())) {
            throw new Malformed("is from " + request.from() + " to " + request.to());
        }
        switch (request) {
            case PeerRequest.ProposeWrite write -> writes.handle(write);
            case PeerRequest.WriteRefused refusal -> refused(refusal);
            case PeerRequest.AskLease ask -> reads.add(new LeaseQuestion(ask), now + LOOK_NANOS);
            case PeerRequest.LeaseAnswer answer -> answered(answer);
        }
    }

    private void refused(PeerRequest.WriteRefused refusal) {
        for (ForwardedWrites.Pending write : writes.refused(refusal)) {
            switch (refusal.why()) {
                case NOT_LEADER -> holdAgain(write);
                case OVERLOADED ->
                        replies.reply(
                                write.requestId(),
                                new Reply.Refused(Reply.Reason.OVERLOADED, raft.leader()));
            }
        }
    }

    private void holdAgain(ForwardedWrites.Pending write) {
        hold(new Held(write.requestId(), write.write(), write.deadline()));
    }

    private void answered(PeerRequest.LeaseAnswer answer) {
        Asked question = asked.remove(answer.ticket());
        if (question != null) {
            long id =
                    question.request().request() instanceof ClientRequest.RenewLease renew
                            ? renew.id()
                            : ((ClientRequest.AskLease) question.request().request()).id();
            replies.reply(
                    question.request().requestId(),
                    new Reply.LeaseTold(
                            id, answer.leftSeconds(), answer.grantedSeconds(), answer.keys()));
        }
    }

    /** Another member's question; it asks again by itself if there is no answer. */
    private final class LeaseQuestion implements PendingReads.Read, LeaseKeeper.Renewal {
        private final PeerRequest.AskLease ask;
        private final long deadline = now + PATIENCE_NANOS;

        LeaseQuestion(PeerRequest.AskLease ask) {
            this.ask = ask;
        }

        @Override
        public void serve() {
            if (!leads()) {
                return;
            }
            switch (ask.question()) {
                case RENEW -> leases.renew(ask.lease(), this, now);
                case TIME_LEFT -> told(leases.timeLeft(ask.lease(), false, now));
                case TIME_LEFT_AND_KEYS -> told(leases.timeLeft(ask.lease(), true, now));
            }
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public void told(Reply.LeaseTold told) {
            send(
                    new PeerRequest.LeaseAnswer(
                            raft.self(),
                            ask.from(),
                            ask.ticket(),
                            told.leftSeconds(),
                            told.grantedSeconds(),
                            told.keys()));
        }

        @Override
        public void again() {}

        @Override
        public void refuse(Reply.Refused refusal) {}
    }

    private void send(PeerRequest request) {
        network.send(request.to(), codec.encode(request));
    }

    // ---- what follows

    void begin(long elapsed) {
        now = elapsed;
    }

    /** A command was applied; {@code reply} is what its client should hear. */
    void applied(Command command, Reply reply) {
        for (ForwardedWrites.Pending write : writes.applied(command)) {
            replies.reply(write.requestId(), reply);
        }
    }

    /** After {@link #applied}: whatever entry this was, it says what can't come any more. */
    void passed(EntryId entry) {
        List<ForwardedWrites.Pending> lost = writes.passedBy(entry.term());
        if (!lost.isEmpty()) {
            lost.forEach(this::holdAgain);
        }
    }

    /** Tries again what was held back, and gives up what has waited too long. */
    void settle() {
        if (isIdle()) {
            return;
        }
        if (now >= nextLook) {
            nextLook = now + LOOK_NANOS;
            look();
        }
        if (!raft.leader().isNone()) {
            for (int left = held.size(); left > 0; left--) {
                route(held.removeFirst());
            }
        }
    }

    private void look() {
        writes.expired(now).forEach(write -> unknown(write, "not committed in time"));
        List<Held> again = new ArrayList<>();
        for (Iterator<Asked> each = asked.values().iterator(); each.hasNext(); ) {
            Asked question = each.next();
            if (question.term() < raft.term() || question.patience() <= now) {
                // A renewal that comes twice does no harm.
                each.remove();
                again.add(question.request());
            }
        }
        held.addAll(again);
        for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
            Held request = each.next();
            if (request.deadline() <= now) {
                each.remove();
                replies.reply(
                        request.requestId(),
                        new Reply.Refused(Reply.Reason.NO_LEADER, raft.leader()));
            }
        }
    }

    private void unknown(ForwardedWrites.Pending write, String why) {
        replies.reply(write.requestId(), new Reply.Unknown(why));
    }

    private boolean isIdle() {
        return held.isEmpty() && writes.size() == 0 && asked.isEmpty();
    }

    long nextDeadline() {
        return isIdle() ? Long.MAX_VALUE : nextLook;
    }

    void stop() {
        writes.giveUp().forEach(write -> unknown(write, "the member stops"));
        leases.giveBack();
        List<Held> open = new ArrayList<>(held);
        asked.values().forEach(question -> open.add(question.request()));
        held.clear();
        asked.clear();
        for (Held request : open) {
            replies.reply(
                    request.requestId(), new Reply.Refused(Reply.Reason.STOPPING, raft.leader()));
        }
    }
}
