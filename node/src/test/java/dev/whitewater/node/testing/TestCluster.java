package dev.whitewater.node.testing;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.ClientRequest.Consistency;
import dev.whitewater.node.Lifecycle;
import dev.whitewater.node.Node;
import dev.whitewater.node.NodeConfig;
import dev.whitewater.node.NodeEvent;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.Ports;
import dev.whitewater.node.ServiceLimits;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.CrashPoint;
import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.TraceSink;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.node.snapshot.TransferLimits;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Request;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Members in one process, with a network and disks that move only when they are told to. */
public final class TestCluster {

    public static final long TICK = 10_000_000;
    public static final long TIMEOUT = 2_000_000_000;

    private final TreeMap<Long, Member> members = new TreeMap<>();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final TreeSet<Long> isolated = new TreeSet<>();
    private final TreeMap<Long, Reply> replies = new TreeMap<>();
    private final TreeMap<Long, List<WatchNews>> news = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private boolean duplicates;

    private final ClientReplies answers =
            new ClientReplies() {
                @Override
                public void reply(long requestId, Reply reply) {
                    replied(requestId, reply);
                }

                @Override
                public void watch(long stream, WatchNews told) {
                    news.computeIfAbsent(stream, _ -> new ArrayList<>()).add(told);
                }
            };

    private final List<NodeId> voters = new ArrayList<>();
    private final int segmentBytes;
    private final long snapshotEntries;
    private final TransferLimits transfer;
    private long now = 1_000;
    private long lastRequest;
    private Predicate<byte[]> lost = _ -> false;
    private UnaryOperator<byte[]> changed = bytes -> bytes;

    private record Frame(NodeId from, NodeId to, byte[] bytes) {}

    private static final class PowerFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void handle(Member member, NodeEvent event) {
        try {
            member.node.handle(event);
        } catch (PowerFailed e) {
            crash(member.id.value(), Integer.MAX_VALUE, member.survival);
        }
    }

    /** One member's machine; the process on it comes and goes. */
    public final class Member {
        private final NodeId id;
        private final List<NodeId> firstVoters;
        private MemoryDisk disk = new MemoryDisk();
        private Node node;
        private boolean diskStalls;
        private final EnumSet<CrashPoint> deadly = EnumSet.noneOf(CrashPoint.class);
        private int visitsLeft = Integer.MAX_VALUE;
        private MemoryDisk.Survival survival = MemoryDisk.Survival.NOTHING;

        Member(NodeId id, List<NodeId> firstVoters) {
            this.id = id;
            this.firstVoters = firstVoters;
            this.node = newNode();
        }

        private Node newNode() {
            PeerNetwork network =
                    (to, bytes) -> {
                        frames.add(new Frame(id, to, bytes));
                        if (duplicates) {
                            frames.add(new Frame(id, to, bytes.clone()));
                        }
                    };
            return new Node(
                    config(id, firstVoters),
                    new Ports(disk, network, answers, trace(id)).withCrashPoints(this::reached),
                    (attempt, bound) -> (int) ((id.value() * 7 + attempt * 3) % bound),
                    RaftRules.HONEST);
        }

        /** Lets the process die the {@code nth} time that it comes to {@code point}. */
        public void crashAt(CrashPoint point, int nth, MemoryDisk.Survival left) {
            deadly.clear();
            deadly.add(point);
            visitsLeft = nth;
            survival = left;
        }

        /** Whether it died where it was to die. */
        public boolean hasCrashed() {
            return visitsLeft == 0;
        }

        private void reached(CrashPoint point) {
            if (deadly.contains(point) && visitsLeft > 0) {
                visitsLeft--;
                if (visitsLeft == 0) {
                    throw new PowerFailed();
                }
            }
        }

        public NodeView view() {
            return node.view();
        }

        public Node node() {
            return node;
        }

        public MemoryDisk disk() {
            return disk;
        }

        /** From now on no disk command takes effect. */
        public void stallDisk(boolean stalls) {
            diskStalls = stalls;
        }

        private boolean hasStarted() {
            return node.view().lifecycle() != Lifecycle.NEW;
        }

        public boolean isUp() {
            return node.view().lifecycle() == Lifecycle.RUNNING;
        }
    }

    public TestCluster(int size, int segmentBytes) {
        this(size, segmentBytes, 0);
    }

    public TestCluster(int size, int segmentBytes, long snapshotEntries) {
        this(size, segmentBytes, snapshotEntries, TransferLimits.DEFAULT);
    }

    public TestCluster(int size, int segmentBytes, long snapshotEntries, TransferLimits transfer) {
        this.transfer = transfer;
        this.snapshotEntries = snapshotEntries;
        this.segmentBytes = segmentBytes;
        for (long i = 1; i <= size; i++) {
            voters.add(new NodeId(i));
        }
        for (NodeId id : voters) {
            members.put(id.value(), new Member(id, voters));
        }
    }

    private NodeConfig config(NodeId id, List<NodeId> firstVoters) {
        RaftConfig raft =
                new RaftConfig(
                        id,
                        firstVoters,
                        10,
                        2,
                        RaftConfig.Limits.DEFAULT,
                        RaftConfig.Guards.DEFAULT);
        return new NodeConfig(
                raft,
                77,
                TICK,
                TIMEOUT,
                segmentBytes,
                snapshotEntries,
                transfer,
                ServiceLimits.DEFAULT);
    }

    private TraceSink trace(NodeId id) {
        return new TraceSink() {
            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public void note(String text) {
                notes.add(id + ": " + text);
            }
        };
    }

    private void replied(long requestId, Reply reply) {
        if (replies.put(requestId, reply) != null) {
            throw new AssertionError("request " + requestId + " was answered twice");
        }
    }

    public List<String> notes() {
        return notes;
    }

    public Member member(long id) {
        return members.get(id);
    }

    public void startAll() {
        members.values().forEach(this::start);
        settle();
    }

    /** A member that is told of no cluster: it learns of one when it is added. */
    public void join(long id) {
        members.put(id, new Member(new NodeId(id), List.of()));
        restart(id);
    }

    private void start(Member member) {
        handle(member, new NodeEvent.Started(now));
    }

    // ---- what happens around the members

    /** Lets everything happen that can happen without time passing. */
    public void settle() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Member member : members.values()) {
                while (member.disk.hasWork() && !member.diskStalls) {
                    finishDisk(member);
                    moved = true;
                }
                if (member.node.nextDeadlineNanos() <= now && member.hasStarted()) {
                    handle(member, new NodeEvent.Ticked(now));
                    moved = true;
                }
            }
            if (!frames.isEmpty()) {
                deliver(frames.removeFirst());
                moved = true;
            }
        }
    }

    public void finishDisk(Member member) {
        handle(member, new NodeEvent.DiskFinished(now, member.disk.finishNext()));
    }

    private void deliver(Frame frame) {
        if (!members.containsKey(frame.to().value()) || lost.test(frame.bytes())) {
            return;
        }
        Member to = members.get(frame.to().value());
        boolean cut = isolated.contains(frame.from().value()) || isolated.contains(to.id.value());
        if (!cut && to.node.view().lifecycle() != Lifecycle.NEW) {
            handle(to, new NodeEvent.FrameArrived(now, frame.from(), changed.apply(frame.bytes())));
        }
    }

    /** Time passes, tick by tick, for all who run. */
    public void pass(long ticks) {
        for (long i = 0; i < ticks; i++) {
            now += TICK;
            for (Member member : members.values()) {
                if (member.isUp() && member.node.nextDeadlineNanos() <= now) {
                    handle(member, new NodeEvent.Ticked(now));
                }
            }
            settle();
        }
    }

    /** From now on frames that {@code lost} picks get lost. */
    public void loseFrames(Predicate<byte[]> picks) {
        lost = picks;
    }

    /** From now on frames arrive as {@code changes} makes them. */
    public void changeFrames(UnaryOperator<byte[]> changes) {
        changed = changes;
    }

    public void isolate(long id) {
        isolated.add(id);
    }

    public void heal() {
        isolated.clear();
    }

    /** The machine loses its power; what was not synced is gone. */
    public void crash(long id) {
        crash(id, 0, MemoryDisk.Survival.NOTHING);
    }

    public void crash(long id, int begun, MemoryDisk.Survival survival) {
        crash(id, begun, false, survival);
    }

    public void crash(long id, int begun, boolean directoryKept, MemoryDisk.Survival survival) {
        Member member = members.get(id);
        member.disk = member.disk.crash(begun, directoryKept, survival);
        member.node = member.newNode();
        member.diskStalls = false;
    }

    /** A stopped machine gets another disk. */
    public void replaceDisk(long id, MemoryDisk disk) {
        Member member = members.get(id);
        member.disk = disk;
        member.node = member.newNode();
    }

    public void restart(long id) {
        start(members.get(id));
        settle();
    }

    /** Waits until exactly one connected member leads and all others follow it. */
    public Member electLeader() {
        for (int i = 0; i < 200; i++) {
            pass(1);
            for (Member member : members.values()) {
                if (!isolated.contains(member.id.value())
                        && member.isUp()
                        && member.view().raft().role() == RoleKind.LEADER
                        && member.view().raft().commit() > 0
                        && isFollowed(member)) {
                    return member;
                }
            }
        }
        throw new AssertionError("no leader after 200 ticks: " + notes);
    }

    private boolean isFollowed(Member leader) {
        return members.values().stream()
                .filter(m -> m.isUp() && !isolated.contains(m.id.value()))
                .allMatch(m -> m.view().raft().leader().equals(leader.id));
    }

    /** From now on every frame arrives twice. */
    public void duplicateFrames() {
        duplicates = true;
    }

    /** What is on the wire gets lost. */
    public void loseFrames() {
        frames.clear();
    }

    // ---- clients

    public void order(long member, long stream, WatchOrder order) {
        members.get(member).node.handle(new NodeEvent.WatchOrdered(now, stream, order));
    }

    /** What a watch stream was told since it was asked last. */
    public List<WatchNews> news(long stream) {
        List<WatchNews> told = news.remove(stream);
        return told == null ? List.of() : told;
    }

    /** A write that any member takes. */
    public long write(long member, Request request) {
        return request(member, new ClientRequest.Write(request, ClientRequest.Manner.FORWARDED));
    }

    public long request(long member, ClientRequest request) {
        lastRequest++;
        handle(members.get(member), new NodeEvent.RequestArrived(now, lastRequest, request));
        return lastRequest;
    }

    public long put(long member, String key, String value) {
        return request(member, new ClientRequest.Write(Put.of(Bytes.utf8(key), Bytes.utf8(value))));
    }

    public long get(long member, String key, Consistency consistency) {
        return request(member, new ClientRequest.Read(Range.of(Bytes.utf8(key)), consistency));
    }

    public boolean isAnswered(long request) {
        return replies.containsKey(request);
    }

    public Reply reply(long request) {
        if (!replies.containsKey(request)) {
            throw new AssertionError("request " + request + " has no answer yet");
        }
        return replies.get(request);
    }

    /** What a read found; empty for no key. */
    public String value(long request) {
        if (reply(request) instanceof Reply.Answered(RangeResponse range)) {
            return range.kvs().isEmpty() ? "" : range.kvs().getFirst().value().toUtf8();
        }
        throw new AssertionError("request " + request + " got " + reply(request));
    }
}
