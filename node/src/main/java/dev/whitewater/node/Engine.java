package dev.whitewater.node;

import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.node.snapshot.SnapshotFiles;
import dev.whitewater.node.wal.Wal;
import dev.whitewater.node.watch.WatchHub;
import dev.whitewater.node.wire.Command;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.FrameCodec;
import dev.whitewater.node.wire.PeerRequestCodec;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.ElectionJitter;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.ProposalResult;
import dev.whitewater.raft.Raft;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.Ready;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Request;
import dev.whitewater.store.RequestCodec;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;

import java.util.List;
import java.util.Optional;

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

    /** A core that answers itself for ever would hang the member without a word. */
    private static final int ROUNDS_PER_EVENT_MAX = 100_000;

    private final NodeConfig config;
    private final Ports ports;
    private final NodeId self;
    private final Raft raft;
    private final Wal wal;
    private final SnapshotKeeper snapshots;
    private final Defragmenter defragmenter;
    private final FrameCodec frames;
    private final MemberTime time;
    private final PendingWrites writes;
    private final PendingReads reads;
    private final OperatorRequests operators;
    private final LeaseKeeper leases;
    private final SpaceGuard space;
    private final ClientDesk desk;
    private final WatchHub watches;
    private final Applier applier;
    private final VersionSweeper sweeper;
    private Store store;
    private long persisted;

    /** What recovery brought back. */
    record Found(Wal wal, Recovered recovered, SnapshotFiles snapshots, Store store) {}

    Engine(NodeConfig config, Ports ports, ElectionJitter jitter, RaftRules rules, Found found) {
        this.config = config;
        this.ports = ports;
        self = config.raft().self();
        wal = found.wal();
        store = found.store();
        sweeper = new VersionSweeper(store, ports.crashPoints());
        raft = new Raft(config.raft(), found.recovered(), jitter, rules);
        raft.explainTo(new Reasons(ports.trace()));
        frames = new FrameCodec(config.clusterId(), ports.checksum());
        time = new MemberTime(config.tickNanos());
        ClientReplies replies = new ClientsOnly(ports.replies());
        writes = new PendingWrites(replies);
        reads = new PendingReads(wal.life());
        operators = new OperatorRequests(raft, writes, ports.replies());
        LeaseKeeper.Settings keeping =
                new LeaseKeeper.Settings(
                        config.raft().electionTicks() * config.tickNanos(),
                        config.services().leaseCheckpointNanos());
        leases = new LeaseKeeper(store, keeping, this::proposeOwn);
        space =
                new SpaceGuard(
                        self.value(), config.services().quotaBytes(), config.requestTimeoutNanos());
        ClientDesk.Parts parts =
                new ClientDesk.Parts(
                        raft, store, reads, leases, wal.life(), this::proposeForwarded);
        desk = new ClientDesk(parts, config.clusterId(), replies, ports.network());
        watches = new WatchHub(store, ports.replies(), config.services());
        applier = new Applier(store, new Applied());
        snapshots =
                new SnapshotKeeper(
                        new SnapshotKeeper.Site(config, ports, raft, wal, this::send),
                        found.snapshots());
        defragmenter = new Defragmenter(snapshots, ports);
    }

    // ---- what happens

    void start(long now) {
        time.start(now);
    }

    void begin(long now) {
        applier.forgetApplied();
        long ticks = time.observe(now);
        desk.begin(time.elapsed());
        if (ticks > 0) {
            raft.advance(ticks);
        }
    }

    void receive(NodeId from, byte[] bytes) {
        Frame frame;
        try {
            if (PeerRequestCodec.isPeerRequest(bytes)) {
                desk.receive(from, bytes);
                return;
            }
            frame = frames.decode(bytes);
        } catch (Malformed e) {
            drop(from, e.getMessage());
            return;
        }
        if (!frame.from().equals(from) || !frame.to().equals(self)) {
            drop(from, "is from " + frame.from() + " to " + frame.to());
            return;
        }
        switch (frame) {
            case Frame.Core core -> raft.step(core.message());
            case Frame.Chunk chunk -> snapshots.handle(chunk);
            case Frame.Receipt receipt -> snapshots.handle(receipt, time.elapsed());
            case Frame.Errand errand ->
                    throw new InvariantViolation("errands-go-to-the-desk", errand.describe());
        }
    }

    private void send(Frame frame) {
        ports.network().send(frame.to(), frames.encode(frame));
    }

    private void drop(NodeId from, String reason) {
        if (ports.trace().enabled()) {
            ports.trace().note("dropped a frame from " + from + ": " + reason);
        }
    }

    void request(long requestId, ClientRequest request) {
        switch (request) {
            case ClientRequest.Write write when space.refuses(store, write.request()) ->
                    reply(requestId, new Reply.Answered(Rejected.because(ErrorCode.NO_SPACE)));
            case ClientRequest.Write write when write.manner() == ClientRequest.Manner.DIRECT ->
                    propose(requestId, write);
            case ClientRequest.Read read
                    when read.consistency() == ClientRequest.Consistency.SERIALIZABLE ->
                    reply(requestId, new Reply.Answered(store.read(read.caller(), read.range())));
            case ClientRequest.Read read when read.manner() == ClientRequest.Manner.DIRECT ->
                    reads.add(new DirectRead(requestId, read), deadline());
            case ClientRequest.Write _,
                    ClientRequest.Read _,
                    ClientRequest.RenewLease _,
                    ClientRequest.AskLease _,
                    ClientRequest.ListLeases _,
                    ClientRequest.CatchUp _ ->
                    desk.request(requestId, request, deadline());
            case ClientRequest.ChangeMembership change ->
                    operators.change(requestId, change, deadline());
            case ClientRequest.LeaveJoint _ -> operators.leaveJoint(requestId, deadline());
            case ClientRequest.Defragment _ -> defragmenter.request(requestId);
            case ClientRequest.TransferLeadership transfer ->
                    operators.transfer(requestId, transfer.to(), deadline());
        }
    }

    void watch(long stream, WatchOrder order) {
        watches.handle(stream, order);
    }

    private void propose(long requestId, ClientRequest.Write write) {
        if (!raft.leader().equals(self)) {
            reply(requestId, notLeader());
            return;
        }
        proposeFor(requestId, write.request())
                .ifPresent(refused -> reply(requestId, refusal(refused)));
    }

    /** False if the desk must look for another leader. */
    private boolean proposeForwarded(long requestId, ClientRequest.Write write) {
        Optional<ProposalResult.Refused> refused = proposeFor(requestId, write.request());
        if (refused.isEmpty()) {
            return true;
        }
        if (refused.get().refusal() != ProposalResult.Refusal.TOO_MANY_UNCOMMITTED) {
            return false;
        }
        reply(requestId, refusal(refused.get()));
        return true;
    }

    /** Proposes what someone waits for; returns why not, if the core did not take it. */
    private Optional<ProposalResult.Refused> proposeFor(long requestId, Request request) {
        return switch (propose(Math.max(0, requestId), request)) {
            case ProposalResult.Accepted accepted -> {
                writes.add(accepted.id(), requestId, deadline());
                yield Optional.empty();
            }
            case ProposalResult.Forwarded forwarded ->
                    throw new InvariantViolation(
                            "leader-takes-proposals-itself", "passed on to " + forwarded.leader());
            case ProposalResult.Refused refused -> Optional.of(refused);
        };
    }

    private ProposalResult propose(long requestId, Request request) {
        return raft.propose(new Command(self, requestId, RequestCodec.encode(request)).encode());
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
    void finished(long commandId, DiskResult result) {
        if (wal.finished(commandId)) {
            if (wal.durableNumber() > persisted) {
                persisted = wal.durableNumber();
                raft.persisted(persisted);
                snapshots.persisted(persisted);
            }
        } else {
            snapshots.finished(commandId, result, time.elapsed());
        }
    }

    // ---- what follows

    void settle() {
        expire();
        leases.turn(raft.role(), raft.term(), applier.appliedTerm(), time.elapsed());
        if (space.mustAlarm(store, time.elapsed())) {
            desk.request(ClientsOnly.OWN_REQUEST, space.alarm(), deadline());
        }
        desk.settle();
        proceed();
        snapshots.settled();
        reads.serve(store.appliedIndex());
        watches.settle(time.elapsed());
        sweeper.turn();
        operators.settle(time.elapsed());
        defragmenter.turn(store);
        wal.flush();
        snapshots.maybeTake(store);
    }

    /** As long as the core has orders: what is carried out leads to more of them. */
    private void proceed() {
        int budget = MAX_APPLIED_PER_EVENT;
        int rounds = 0;
        do {
            if (reads.wantsToAsk()) {
                raft.read(reads.ask());
            }
            while (raft.hasReady()) {
                Check.below("event-ends", rounds++, ROUNDS_PER_EVENT_MAX);
                carryOut(raft.ready());
            }
            budget = apply(budget);
        } while (raft.hasReady() || reads.wantsToAsk());
    }

    /** What a member wants by itself is proposed like anything else, and nobody waits for it. */
    private boolean proposeOwn(Request request) {
        return propose(0, request) instanceof ProposalResult.Accepted;
    }

    private void carryOut(Ready ready) {
        if (!ready.restore().isEmpty()) {
            restore(snapshots.restore(ready.restore(), ready.number()));
        }
        if (!ready.persist().isEmpty()) {
            wal.add(ready.number(), ready.persist());
        }
        // By index, as below: most lists are short, and no event is to cost an iterator.
        List<Message> messages = ready.messages();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message instanceof InstallSnapshot snapshot) {
                snapshots.send(snapshot, time.elapsed());
            } else {
                ports.network().send(message.to(), frames.encode(message));
            }
        }
        if (!ready.committed().isEmpty()) {
            applier.add(ready.committed());
        }
        for (int i = 0; i < ready.reads().size(); i++) {
            reads.answered(ready.reads().get(i), notLeader());
        }
    }

    private void restore(Store restored) {
        store = restored;
        writes.restored(store.appliedIndex());
        applier.restored(store);
        leases.moveTo(store);
        desk.moveTo(store);
        watches.moveTo(store);
        sweeper.moveTo(store);
        raft.applied(store.appliedIndex());
    }

    private int apply(int budget) {
        int left = budget;
        if (left == 0 || applier.backlog() == 0) {
            return left;
        }
        for (; left > 0 && applier.backlog() > 0; left--) {
            applier.applyNext();
        }
        raft.applied(store.appliedIndex());
        return left;
    }

    private void expire() {
        snapshots.turn(time.elapsed());
        writes.expire(time.elapsed());
        if (reads.size() > 0) {
            reads.expire(time.elapsed(), notLeader());
        }
    }

    void stop() {
        writes.stop();
        desk.stop();
        operators.stop();
        defragmenter.stop();
        reads.stop(new Reply.Refused(Reply.Reason.STOPPING, raft.leader()));
    }

    /** Whether there is something to do at once, though nothing happens. */
    private boolean hasWork() {
        return applier.backlog() > 0
                || sweeper.hasWork()
                || snapshots.hasWork()
                || defragmenter.hasWork();
    }

    long nextDeadlineNanos() {
        if (hasWork()) {
            return time.clockAt(time.elapsed());
        }
        long request = Math.min(writes.firstDeadline(), reads.firstDeadline());
        request = Math.min(request, operators.firstDeadline());
        request = Math.min(request, desk.nextDeadline());
        request = Math.min(request, leases.nextDeadline(time.elapsed()));
        request = Math.min(request, watches.nextDeadline(time.elapsed()));
        request = Math.min(request, snapshots.firstDeadline());
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

    Store store() {
        return store;
    }

    int snapshotsUnderWay() {
        return snapshots.sending();
    }

    int watchers() {
        return watches.watchers();
    }

    long leaseNanosLeft(long lease) {
        return leases.nanosLeft(lease, time.elapsed());
    }

    AppliedView applied() {
        return applier;
    }

    int applyBacklog() {
        return applier.backlog();
    }

    boolean removingVersions() {
        return sweeper.hasLeft();
    }

    int pendingWrites() {
        return writes.size() + desk.pendingWrites();
    }

    int pendingReads() {
        return reads.size();
    }

    /** A read whose client looks for the leader itself. */
    private final class DirectRead implements PendingReads.Read {
        private final long requestId;
        private final ClientRequest.Read read;

        DirectRead(long requestId, ClientRequest.Read read) {
            this.requestId = requestId;
            this.read = read;
        }

        @Override
        public void serve() {
            reply(requestId, new Reply.Answered(store.read(read.caller(), read.range())));
        }

        @Override
        public void refuse(Reply.Refused refusal) {
            reply(requestId, refusal);
        }
    }

    /** Tells whoever waits for an entry, or keeps time by it, that it was applied. */
    private final class Applied implements Applier.Observer {

        @Override
        public void command(EntryId id, Command command, Request request, Response response) {
            ports.crashPoints().reached(CrashPoint.ENTRY_APPLIED);
            Reply reply = new Reply.Answered(response);
            leases.applied(request, response, time.elapsed());
            sweeper.applied(request);
            writes.applied(id, reply, raft.leader());
            desk.applied(command, reply);
            desk.passed(id);
        }

        @Override
        public void configuration(EntryId id, Configuration configuration) {
            writes.applied(id, new Reply.Reconfigured(configuration), raft.leader());
            desk.passed(id);
        }

        @Override
        public void nothing(EntryId id) {
            writes.applied(id, raft.leader());
            desk.passed(id);
        }
    }
}
