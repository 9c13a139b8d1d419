package dev.whitewater.raft;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A cluster in memory, for tests: messages lie in {@link #wire} until they are delivered, writes
 * lie in each machine's disk queue until they are synced. Nothing happens by itself.
 */
final class Cluster {

    static final int ELECTION = 10;
    static final int HEARTBEAT = 1;

    final TreeMap<NodeId, Machine> machines = new TreeMap<>();
    final List<Message> wire = new ArrayList<>();
    final RaftRules rules;
    Observer observer = new Observer() {};
    final RaftConfig.Guards guards;
    final RaftConfig.Limits limits;
    final RaftConfig.ReadLease lease;
    final boolean forwarding;

    /** The state machine after each snapshot's last entry; snapshots travel by name. */
    final TreeMap<EntryId, List<Entry>> snapshots = new TreeMap<>();

    private final List<NodeId> voters = new ArrayList<>();

    /** What a cluster is made of; {@code spare} members run but do not belong to it yet. */
    record Shape(
            int members,
            int spare,
            RaftConfig.Guards guards,
            RaftConfig.Limits limits,
            RaftConfig.ReadLease lease,
            boolean forwarding) {

        static Shape of(int members) {
            return new Shape(
                    members,
                    0,
                    RaftConfig.Guards.DEFAULT,
                    RaftConfig.Limits.DEFAULT,
                    RaftConfig.ReadLease.OFF,
                    false);
        }

        Shape spare(int count) {
            return new Shape(members, count, guards, limits, lease, forwarding);
        }

        Shape guards(boolean preVote, boolean checkQuorum) {
            RaftConfig.Guards both = new RaftConfig.Guards(preVote, checkQuorum);
            return new Shape(members, spare, both, limits, lease, forwarding);
        }

        Shape limits(RaftConfig.Limits newLimits) {
            return new Shape(members, spare, guards, newLimits, lease, forwarding);
        }

        /** Every append and every Ready carries one entry, and few may be under way. */
        Shape tight() {
            return limits(new RaftConfig.Limits(1, 2, Long.MAX_VALUE, 1000, 1));
        }

        Shape lease(int driftPermille) {
            RaftConfig.ReadLease newLease = new RaftConfig.ReadLease(true, driftPermille);
            return new Shape(members, spare, guards, limits, newLease, forwarding);
        }

        /** Followers pass proposals on. */
        Shape forwarding(boolean on) {
            return new Shape(members, spare, guards, limits, lease, on);
        }
    }

    Cluster(Shape shape, RaftRules rules) {
        this.rules = rules;
        this.guards = shape.guards();
        this.limits = shape.limits();
        this.lease = shape.lease();
        this.forwarding = shape.forwarding();
        for (int i = 1; i <= shape.members(); i++) {
            voters.add(new NodeId(i));
        }
        for (int i = 1; i <= shape.members() + shape.spare(); i++) {
            machines.put(n(i), new Machine(this, n(i)));
        }
    }

    static Cluster of(int members) {
        return new Cluster(Shape.of(members), RaftRules.HONEST);
    }

    static Cluster withoutGuards(int members, RaftRules rules) {
        return new Cluster(Shape.of(members).guards(false, false), rules);
    }

    static NodeId n(long id) {
        return new NodeId(id);
    }

    RaftConfig config(NodeId id) {
        return new RaftConfig(id, voters, ELECTION, HEARTBEAT, limits, guards, lease, forwarding);
    }

    int initialMembers() {
        return voters.size();
    }

    Machine machine(long id) {
        return machines.get(n(id));
    }

    Raft raft(long id) {
        return machine(id).raft;
    }

    /** Collects Readys, syncs disks and delivers messages until nothing is left to do. */
    void settle() {
        settle(message -> true);
    }

    /** As {@link #settle()}; messages that do not fit {@code connected} are lost. */
    void settle(Predicate<Message> connected) {
        for (int round = 0; round < 10_000; round++) {
            boolean quiet = true;
            for (Machine machine : machines.values()) {
                quiet &= !machine.work();
            }
            List<Message> batch = new ArrayList<>(wire);
            wire.clear();
            for (Message message : batch) {
                quiet = false;
                if (connected.test(message)) {
                    deliver(message);
                }
            }
            if (quiet) {
                return;
            }
        }
        throw new AssertionError("cluster does not come to rest");
    }

    void deliver(Message message) {
        Machine machine = machines.get(message.to());
        if (machine != null && machine.up) {
            machine.raft.step(message);
        }
    }

    /** Takes the messages of one kind off the wire. */
    <M extends Message> List<M> take(Class<M> kind, long to) {
        List<M> taken = new ArrayList<>();
        for (Message message : List.copyOf(wire)) {
            if (kind.isInstance(message) && message.to().equals(n(to))) {
                taken.add(kind.cast(message));
                wire.remove(message);
            }
        }
        return taken;
    }

    /** Lets {@code id}'s election timer run out and settles. */
    void elect(long id) {
        elect(id, message -> true);
    }

    void elect(long id, Predicate<Message> connected) {
        for (Machine machine : machines.values()) {
            // All forget their leader's freshness; only one of them starts.
            machine.ageTo(machine.raft.ticksToDeadline() - 1);
        }
        raft(id).advance(raft(id).ticksToDeadline());
        settle(connected);
    }

    static Predicate<Message> among(long... ids) {
        return message -> has(ids, message.from()) && has(ids, message.to());
    }

    private static boolean has(long[] ids, NodeId id) {
        for (long each : ids) {
            if (id.value() == each) {
                return true;
            }
        }
        return false;
    }

    /** Sees what leaves a machine, at the moment it leaves. */
    interface Observer {
        default void sent(Machine from, Message message) {}

        default void applied(Machine at, Entry entry) {}

        default void answered(Machine at, ReadResult read) {}
    }

    /** One machine: the core, what is durable, and what is on its way to the disk. */
    static final class Machine {
        final Cluster cluster;
        final NodeId id;
        Raft raft;
        boolean up = true;
        Ready last;
        HardState durableState = HardState.INITIAL;
        SnapshotMeta durableSnapshot = SnapshotMeta.NONE;

        /** The entries after {@link #durableSnapshot}. */
        final List<Entry> durableLog = new ArrayList<>();

        final List<Ready> writing = new ArrayList<>();
        final List<Entry> applied = new ArrayList<>();
        final List<ReadResult> reads = new ArrayList<>();
        final List<String> reasons = new ArrayList<>();

        Machine(Cluster cluster, NodeId id) {
            this.cluster = cluster;
            this.id = id;
            start();
        }

        private void start() {
            Recovered recovered =
                    new Recovered(
                            durableState, durableSnapshot, List.copyOf(durableLog), applied.size());
            // At first the lowest id times out first; then chance decides, always alike.
            ElectionJitter jitter =
                    (attempt, bound) ->
                            attempt == 0
                                    ? (int) (id.value() - 1) % bound
                                    : new Dice(id.value() * 1000 + attempt).below(bound);
            raft = new Raft(cluster.config(id), recovered, jitter, cluster.rules);
            raft.explainTo(
                    new ReasonSink() {
                        @Override
                        public boolean enabled() {
                            return true;
                        }

                        @Override
                        public void because(String reason) {
                            reasons.add(reason);
                        }
                    });
            up = true;
        }

        /** Collects one Ready: messages go on the wire, the write is queued. */
        boolean collect() {
            if (!up || !raft.hasReady()) {
                return false;
            }
            Ready ready = raft.ready();
            last = ready;
            for (Message message : ready.messages()) {
                cluster.observer.sent(this, message);
                cluster.wire.add(message);
            }
            if (!ready.persist().isEmpty()) {
                writing.add(ready);
            }
            for (Entry entry : ready.committed()) {
                applied.add(entry);
                cluster.observer.applied(this, entry);
                raft.applied(entry.index());
            }
            for (ReadResult read : ready.reads()) {
                cluster.observer.answered(this, read);
                reads.add(read);
            }
            return true;
        }

        /** The oldest queued write becomes durable. */
        boolean sync() {
            if (!up || writing.isEmpty()) {
                return false;
            }
            Ready ready = writing.removeFirst();
            if (!ready.restore().isEmpty()) {
                install(ready.restore().snapshot());
            }
            write(ready.persist());
            raft.persisted(ready.number());
            if (!ready.restore().isEmpty()) {
                raft.applied(ready.restore().snapshot().index());
            }
            return true;
        }

        private void install(SnapshotMeta snapshot) {
            durableSnapshot = snapshot;
            durableLog.clear();
            applied.clear();
            applied.addAll(cluster.snapshots.get(snapshot.last()));
        }

        /** Makes a snapshot of what is applied, and lets go of the log up to it. */
        void snapshot() {
            long index = raft.applied();
            if (!up || index <= durableSnapshot.index() || index < raft.compactedIndex()) {
                return;
            }
            SnapshotMeta meta = raft.describeSnapshot(raft.applied());
            cluster.snapshots.put(meta.last(), List.copyOf(applied));
            durableLog.removeIf(entry -> entry.index() <= meta.index());
            durableSnapshot = meta;
            raft.snapshotStored(meta);
            raft.compact(meta.index());
        }

        long durableLast() {
            return durableSnapshot.index() + durableLog.size();
        }

        boolean durablyHolds(EntryId id) {
            if (id.index() <= durableSnapshot.index()) {
                return id.index() < durableSnapshot.index() || id.equals(durableSnapshot.last());
            }
            return id.index() <= durableLast()
                    && durableLog
                            .get((int) (id.index() - durableSnapshot.index() - 1))
                            .id()
                            .equals(id);
        }

        private void write(Persist persist) {
            if (!persist.hardState().equals(HardState.INITIAL)) {
                durableState = persist.hardState();
            }
            for (Entry entry : persist.entries()) {
                while (durableLast() >= entry.index()) {
                    durableLog.removeLast();
                }
                durableLog.add(entry);
            }
        }

        boolean work() {
            boolean any = false;
            boolean more = true;
            while (more) {
                boolean collected = collect();
                more = sync() || collected;
                any |= more;
            }
            return any;
        }

        /** Loses what was not synced, and all memory. */
        void crash() {
            up = false;
            writing.clear();
        }

        void restart() {
            crash();
            start();
        }

        void ageTo(long ticks) {
            if (up && ticks > 0) {
                raft.advance(ticks);
            }
        }

        List<String> commands() {
            return applied.stream()
                    .filter(entry -> entry.kind() == EntryKind.COMMAND)
                    .sorted(Comparator.comparingLong(Entry::index))
                    .map(entry -> new String(entry.data(), java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
