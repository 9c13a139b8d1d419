package dev.whitewater.node;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.TraceSink;
import dev.whitewater.node.snapshot.Snapshot;
import dev.whitewater.node.snapshot.SnapshotWriter;
import dev.whitewater.node.wal.Wal;
import dev.whitewater.node.wire.Command;
import dev.whitewater.node.wire.FrameCodec;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.ElectionJitter;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.ProposalResult;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.ReadResult;
import dev.whitewater.raft.Ready;
import dev.whitewater.raft.ReasonSink;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.RequestCodec;
import dev.whitewater.store.Store;

/**
 * A recovered member at work: hands time, frames, requests and completions to the core and carries
 * out what its {@link Ready}s say.
 *
 * <p>An event is handled in two steps: {@link #begin} lets time pass, then the event itself is
 * taken in; {@link #settle} does all that follows from it. There is no rule of order between the
 * lanes of a Ready to keep: the core holds messages back until what they promise is durable.
 */
final class Engine {

    /** Entries applied in one event; the rest of a long replay waits for the next. */
    private static final int MAX_APPLIED_PER_EVENT = 256;

    /** Questions to the core in one life, before their names would run into the next life's. */
    private static final int QUESTION_BITS = 40;

    private final NodeConfig config;
    private final Ports ports;
    private final NodeId self;
    private final Raft raft;
    private final Wal wal;
    private final SnapshotWriter snapshots;
    private final Store store;
    private final FrameCodec frames;
    private final MemberTime time;
    private final PendingWrites writes;
    private final PendingReads reads;
    private final OperatorRequests operators;
    private final Applier applier;
    private long persisted;
    private long lastQuestion;

    /** What recovery brought back. */
    record Found(Wal wal, Recovered recovered, SnapshotWriter snapshots, Store store) {}

    Engine(NodeConfig config, Ports ports, ElectionJitter jitter, RaftRules rules, Found found) {
        this.config = config;
        this.ports = ports;
        self = config.raft().self();
        wal = found.wal();
        snapshots = found.snapshots();
        store = found.store();
        raft = new Raft(config.raft(), found.recovered(), jitter, rules);
        raft.explainTo(new Reasons(ports.trace()));
        frames = new FrameCodec(config.clusterId());
        time = new MemberTime(config.tickNanos());
        writes = new PendingWrites(ports.replies());
        reads = new PendingReads(ports.replies(), store);
        operators = new OperatorRequests(raft, writes, ports.replies());
        applier = new Applier(store, writes);
        // The core wants names for its questions that no answer from an earlier life can fit.
        lastQuestion = wal.life() << QUESTION_BITS;
    }

    // ---- what happens

    void start(long now) {
        time.start(now);
    }

    void begin(long now) {
        applier.forgetApplied();
        long ticks = time.observe(now);
        if (ticks > 0) {
            raft.advance(ticks);
        }
    }

    void receive(NodeId from, byte[] frame) {
        Message message;
        try {
            message = frames.decode(frame);
        } catch (Malformed e) {
            drop(from, e.getMessage());
            return;
        }
        if (!message.from().equals(from) || !message.to().equals(self)) {
            drop(from, "is from " + message.from() + " to " + message.to());
            return;
        }
        raft.step(message);
    }

    private void drop(NodeId from, String reason) {
        if (ports.trace().enabled()) {
            ports.trace().note("dropped a frame from " + from + ": " + reason);
        }
    }

    void request(long requestId, ClientRequest request) {
        switch (request) {
            case ClientRequest.Write write -> propose(requestId, write);
            case ClientRequest.Read read -> {
                switch (read.consistency()) {
                    case SERIALIZABLE ->
                            reply(requestId, new Reply.Answered(store.read(read.range())));
                    case LINEARIZABLE -> reads.add(requestId, read.range(), deadline());
                }
            }
            case ClientRequest.ChangeMembership change ->
                    operators.change(requestId, change, deadline());
            case ClientRequest.LeaveJoint _ -> operators.leaveJoint(requestId, deadline());
            case ClientRequest.TransferLeadership transfer ->
                    operators.transfer(requestId, transfer.to(), deadline());
        }
    }

    private void propose(long requestId, ClientRequest.Write write) {
        if (!raft.leader().equals(self)) {
            reply(requestId, notLeader());
            return;
        }
        byte[] request = RequestCodec.encode(write.request());
        switch (raft.propose(new Command(self, requestId, request).encode())) {
            case ProposalResult.Accepted accepted ->
                    writes.add(accepted.id(), requestId, deadline());
            case ProposalResult.Forwarded forwarded ->
                    throw new InvariantViolation(
                            "leader-takes-proposals-itself", "passed on to " + forwarded.leader());
            case ProposalResult.Refused refused -> reply(requestId, refusal(refused));
        }
    }

    private Reply.Refused refusal(ProposalResult.Refused refused) {
        return switch (refused.refusal()) {
            case NOT_LEADER -> notLeader();
            case TOO_MANY_UNCOMMITTED ->
                    new Reply.Refused(Reply.Reason.OVERLOADED, refused.leader());
            case TRANSFER_IN_PROGRESS ->
                    new Reply.Refused(Reply.Reason.NO_LEADER, refused.leader());
        };
    }

    /** What to tell someone who must ask another member, if there is one to ask. */
    private Reply.Refused notLeader() {
        NodeId leader = raft.leader();
        return new Reply.Refused(
                leader.isNone() ? Reply.Reason.NO_LEADER : Reply.Reason.NOT_LEADER, leader);
    }

    private long deadline() {
        return time.elapsed() + config.requestTimeoutNanos();
    }

    private void reply(long requestId, Reply reply) {
        ports.replies().reply(requestId, reply);
    }

    /** A disk command came to its end. */
    void finished(long commandId) {
        if (snapshots.finished(commandId) && ports.trace().enabled()) {
            ports.trace().note("stored a snapshot at " + snapshots.newestIndex());
        }
        if (wal.finished(commandId) && wal.durableNumber() > persisted) {
            persisted = wal.durableNumber();
            raft.persisted(persisted);
        }
    }

    // ---- what follows

    void settle() {
        expire();
        int budget = MAX_APPLIED_PER_EVENT;
        do {
            maybeAsk();
            while (raft.hasReady()) {
                carryOut(raft.ready());
            }
            budget = apply(budget);
        } while (raft.hasReady() || reads.wantsToAsk());
        reads.serve();
        operators.settle(time.elapsed());
        wal.flush();
        maybeTakeSnapshot();
    }

    private void maybeTakeSnapshot() {
        long applied = store.appliedIndex();
        if (config.snapshotEntries() > 0
                && applied - snapshots.newestIndex() >= config.snapshotEntries()
                && snapshots.isIdle()) {
            snapshots.begin(new Snapshot(raft.describeSnapshot(applied), store.snapshot()));
        }
    }

    private void maybeAsk() {
        if (reads.wantsToAsk()) {
            lastQuestion++;
            reads.asked(lastQuestion);
            raft.read(lastQuestion);
        }
    }

    private void carryOut(Ready ready) {
        Check.that(ready.restore().isEmpty(), "restores-a-snapshot", "no log is ever compacted");
        if (!ready.persist().isEmpty()) {
            wal.add(ready.number(), ready.persist());
        }
        for (Message message : ready.messages()) {
            ports.network().send(message.to(), frames.encode(message));
        }
        if (!ready.committed().isEmpty()) {
            applier.add(ready.committed());
        }
        for (ReadResult result : ready.reads()) {
            reads.answered(result, notLeader());
        }
    }

    private int apply(int budget) {
        int left = budget;
        if (left == 0 || applier.backlog() == 0) {
            return left;
        }
        NodeId leader = raft.leader();
        for (; left > 0 && applier.backlog() > 0; left--) {
            applier.applyNext(leader);
        }
        raft.applied(store.appliedIndex());
        return left;
    }

    private void expire() {
        writes.expire(time.elapsed());
        if (reads.size() > 0) {
            reads.expire(time.elapsed(), notLeader());
        }
    }

    void stop() {
        writes.stop();
        operators.stop();
        reads.stop(new Reply.Refused(Reply.Reason.STOPPING, raft.leader()));
    }

    long nextDeadlineNanos() {
        if (applier.backlog() > 0) {
            return time.clockAt(time.elapsed());
        }
        long request = Math.min(writes.firstDeadline(), reads.firstDeadline());
        request = Math.min(request, operators.firstDeadline());
        return Math.min(time.clockAfterTicks(raft.ticksToDeadline()), time.clockAt(request));
    }

    // ---- views

    RaftView raft() {
        return raft;
    }

    Configuration configuration() {
        return raft.configuration();
    }

    Wal wal() {
        return wal;
    }

    AppliedView applied() {
        return applier;
    }

    int applyBacklog() {
        return applier.backlog();
    }

    int pendingWrites() {
        return writes.size();
    }

    int pendingReads() {
        return reads.size();
    }

    /** The core's reasons go where the member's go. */
    private record Reasons(TraceSink trace) implements ReasonSink {

        @Override
        public boolean enabled() {
            return trace.enabled();
        }

        @Override
        public void because(String reason) {
            trace.note(reason);
        }
    }
}
