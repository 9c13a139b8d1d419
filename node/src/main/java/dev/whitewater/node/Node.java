package dev.whitewater.node;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.node.snapshot.SnapshotFiles;
import dev.whitewater.node.snapshot.SnapshotRecovery;
import dev.whitewater.node.wal.Wal;
import dev.whitewater.node.wal.WalIdentity;
import dev.whitewater.node.wal.WalRecovery;
import dev.whitewater.node.wal.WalSettings;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.ElectionJitter;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Store;

/**
 * One member of a cluster, for one life of its process: consensus core, write-ahead log and store,
 * driven by events and acting through {@link Ports}. A restart makes a new one over the same disk.
 *
 * <p>Contract: one thread at a time; {@link #handle} does bounded work and never blocks. It throws
 * {@link InvariantViolation} or {@link DiskFailure} when the member must not go on; after that the
 * member is dead, and its host treats the process as stopped.
 */
public final class Node {

    private final NodeConfig config;
    private final Ports ports;
    private final ElectionJitter jitter;
    private final RaftRules rules;
    private final DiskQueue disk;
    private final View view;

    private Lifecycle lifecycle = Lifecycle.NEW;
    private Phase phase;
    private Store store = new Store();
    private long recoveringAt;

    /** What the member has become so far. */
    private sealed interface Phase {

        /** Reads its log. */
        record Reading(WalRecovery recovery) implements Phase {}

        /** Reads its newest snapshot. */
        record Restoring(WalRecovery log, SnapshotRecovery recovery) implements Phase {}

        /** Read its disk and writes the record with which this life begins. */
        record Opening(Wal wal, Recovered recovered, SnapshotFiles snapshots) implements Phase {}

        record Member(Engine engine) implements Phase {}
    }

    public Node(NodeConfig config, Ports ports, ElectionJitter jitter, RaftRules rules) {
        this.config = config;
        this.ports = ports;
        this.jitter = jitter;
        this.rules = rules;
        view = new View();
        disk = new DiskQueue(ports.disk(), ports.crashPoints());
        WalIdentity identity = new WalIdentity(config.clusterId(), config.raft().self());
        WalSettings log = new WalSettings(identity, config.walSegmentBytes(), ports.checksum());
        phase = new Phase.Reading(new WalRecovery(log, disk));
    }

    public NodeView view() {
        return view;
    }

    /** The one way in. */
    public void handle(NodeEvent event) {
        if (lifecycle == Lifecycle.FAILED) {
            // Not Check.that: its text would be built for every event.
            throw new InvariantViolation("no-event-after-failure", "got " + event);
        }
        try {
            turn(event);
        } catch (RuntimeException e) {
            lifecycle = Lifecycle.FAILED;
            throw e;
        }
    }

    /** When to send {@code Ticked}, on this member's clock; {@code Long.MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        if (lifecycle == Lifecycle.RECOVERING && phase instanceof Phase.Restoring restoring) {
            return restoring.recovery().hasWork() ? recoveringAt : Long.MAX_VALUE;
        }
        return lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member
                ? member.engine().nextDeadlineNanos()
                : Long.MAX_VALUE;
    }

    private void turn(NodeEvent event) {
        if (lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member) {
            member.engine().begin(event.now());
        }
        switch (event) {
            case NodeEvent.Started _ -> start();
            case NodeEvent.Ticked ticked -> recoverOn(ticked.now());
            case NodeEvent.FrameArrived frame -> receive(frame);
            case NodeEvent.RequestArrived request -> request(request);
            case NodeEvent.WatchOrdered ordered -> watch(ordered);
            case NodeEvent.DiskFinished finished -> finished(finished);
            case NodeEvent.Stopping _ -> stop();
        }
        if (lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member) {
            member.engine().settle();
        }
    }

    private void start() {
        Check.that(lifecycle == Lifecycle.NEW, "started-once", "is " + lifecycle);
        lifecycle = Lifecycle.RECOVERING;
        if (phase instanceof Phase.Reading reading) {
            reading.recovery().begin();
        }
    }

    /** A member that does not run yet, or no more, is as good as unreachable. */
    private void receive(NodeEvent.FrameArrived frame) {
        if (lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member) {
            member.engine().receive(frame.from(), frame.frame());
        }
    }

    private void request(NodeEvent.RequestArrived arrived) {
        if (lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member) {
            member.engine().request(arrived.requestId(), arrived.request());
            return;
        }
        Reply.Reason reason =
                lifecycle == Lifecycle.NEW || lifecycle == Lifecycle.RECOVERING
                        ? Reply.Reason.STARTING
                        : Reply.Reason.STOPPING;
        ports.replies().reply(arrived.requestId(), new Reply.Refused(reason, NodeId.NONE));
    }

    private void watch(NodeEvent.WatchOrdered ordered) {
        if (lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member) {
            member.engine().watch(ordered.stream(), ordered.order());
        } else if (ordered.order() instanceof WatchOrder.Create) {
            ports.replies()
                    .watch(
                            ordered.stream(),
                            new WatchNews.Refused(
                                    WatchNews.NO_WATCH, "etcdserver: server stopped"));
        }
    }

    private void finished(NodeEvent.DiskFinished finished) {
        DiskResult result = finished.result();
        long id = disk.finished(result);
        switch (lifecycle) {
            case RECOVERING -> recover(finished.now(), id, result);
            case RUNNING -> {
                if (phase instanceof Phase.Member member) {
                    member.engine().finished(id, result);
                }
            }
            case STOPPING -> stopIfIdle();
            case NEW, STOPPED, FAILED ->
                    throw new InvariantViolation("disk-answers-commands", "while " + lifecycle);
        }
    }

    private void recover(long now, long id, DiskResult result) {
        switch (phase) {
            case Phase.Reading reading -> {
                if (reading.recovery().finished(id, result)) {
                    restore(reading.recovery());
                }
            }
            case Phase.Restoring restoring -> {
                restoring.recovery().finished(id, result);
                recoverOn(now);
            }
            case Phase.Opening opening -> {
                if (opening.wal().finished(id)) {
                    run(now, opening);
                }
            }
            case Phase.Member _ -> throw new InvariantViolation("recovers-once", "runs already");
        }
    }

    /** A large state is read in several events. */
    private void recoverOn(long now) {
        recoveringAt = now;
        if (lifecycle == Lifecycle.RECOVERING && phase instanceof Phase.Restoring restoring) {
            restoring.recovery().turn();
            if (restoring.recovery().isFinished()) {
                open(restoring);
            }
        }
    }

    private void restore(WalRecovery log) {
        SnapshotFiles.Layout layout =
                new SnapshotFiles.Layout(
                        config.clusterId(),
                        config.raft().self(),
                        ports.checkpoints(),
                        ports.checksum());
        SnapshotRecovery snapshots = new SnapshotRecovery(layout, disk, log);
        phase = new Phase.Restoring(log, snapshots);
        snapshots.begin();
    }

    private void open(Phase.Restoring restoring) {
        SnapshotRecovery snapshots = restoring.recovery();
        WalRecovery log = restoring.log();
        Recovered recovered = log.recovered(snapshots.found());
        store = snapshots.store();
        if (ports.trace().enabled()) {
            ports.trace().note(log.summary() + "; " + snapshots.summary());
        }
        Wal wal = log.open();
        disk.reached(CrashPoint.RECOVERED);
        wal.flush();
        phase = new Phase.Opening(wal, recovered, snapshots.files());
    }

    private void run(long now, Phase.Opening opening) {
        Engine.Found found =
                new Engine.Found(opening.wal(), opening.recovered(), opening.snapshots(), store);
        Engine engine = new Engine(config, ports, jitter, rules, found);
        engine.start(now);
        phase = new Phase.Member(engine);
        lifecycle = Lifecycle.RUNNING;
    }

    private void stop() {
        if (lifecycle == Lifecycle.STOPPED || lifecycle == Lifecycle.STOPPING) {
            return;
        }
        if (lifecycle == Lifecycle.RUNNING && phase instanceof Phase.Member member) {
            member.engine().stop();
        }
        lifecycle = Lifecycle.STOPPING;
        stopIfIdle();
    }

    private void stopIfIdle() {
        if (disk.isIdle()) {
            lifecycle = Lifecycle.STOPPED;
        }
    }

    private final class View implements NodeView {

        private final AppliedView nothing = new Applier(new Store(), Applier.Observer.NONE);

        @Override
        public Lifecycle lifecycle() {
            return lifecycle;
        }

        @Override
        public boolean recovering() {
            return !(phase instanceof Phase.Member);
        }

        @Override
        public RaftView raft() {
            return member().raft();
        }

        @Override
        public Configuration configuration() {
            return member().configuration();
        }

        @Override
        public Store store() {
            return recovering() ? store : member().store();
        }

        @Override
        public AppliedView applied() {
            return recovering() ? nothing : member().applied();
        }

        @Override
        public long life() {
            return recovering() ? 0 : member().wal().life();
        }

        @Override
        public int pendingWrites() {
            return recovering() ? 0 : member().pendingWrites();
        }

        @Override
        public int pendingReads() {
            return recovering() ? 0 : member().pendingReads();
        }

        @Override
        public int watchers() {
            return recovering() ? 0 : member().watchers();
        }

        @Override
        public long leaseNanosLeft(long lease) {
            return recovering() ? -1 : member().leaseNanosLeft(lease);
        }

        @Override
        public int snapshotsUnderWay() {
            return recovering() ? 0 : member().snapshotsUnderWay();
        }

        @Override
        public int applyBacklog() {
            return recovering() ? 0 : member().applyBacklog();
        }

        @Override
        public boolean removingVersions() {
            return !recovering() && member().removingVersions();
        }

        @Override
        public long walDurableBytes() {
            return recovering() ? 0 : member().wal().durableBytes();
        }

        @Override
        public long durableTerm() {
            return member().wal().durableTerm();
        }

        @Override
        public NodeId durableVote() {
            return member().wal().durableVote();
        }

        @Override
        public long durableLastIndex() {
            return member().wal().durableLastIndex();
        }

        @Override
        public long durableTermAt(long index) {
            return member().wal().durableTermAt(index);
        }

        private Engine member() {
            if (phase instanceof Phase.Member member) {
                return member.engine();
            }
            throw new InvariantViolation("view-after-recovery", "the member is " + lifecycle);
        }
    }
}
