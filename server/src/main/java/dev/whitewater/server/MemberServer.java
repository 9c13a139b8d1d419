package dev.whitewater.server;

import dev.whitewater.node.Node;
import dev.whitewater.node.NodeConfig;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.Ports;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.TraceSink;
import dev.whitewater.raft.ElectionJitter;
import dev.whitewater.raft.RaftConfig;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.api.Member;
import dev.whitewater.server.crank.Crank;
import dev.whitewater.server.disk.DataDirectory;
import dev.whitewater.server.disk.FileDisk;
import dev.whitewater.server.disk.JdkChecksum;
import dev.whitewater.server.log.Log;
import dev.whitewater.server.metrics.Metrics;
import dev.whitewater.server.peer.ChannelSecurity;
import dev.whitewater.server.peer.PeerTransport;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One member on real sockets: the simulator's {@link Node} with a real clock, a real folder and
 * real connections behind its ports. It decides nothing itself.
 */
public final class MemberServer implements AutoCloseable {

    private static final int SEGMENT_BYTES = 64 << 20;

    /** etcd's: how long a request may take beside two elections. */
    private static final long REQUEST_NANOS = 5_000_000_000L;

    private final ServerConfig config;
    private final NodeId self;
    private final Log log;
    private final Metrics metrics = new Metrics();
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final EventLoopGroup group;
    private final DataDirectory directory;
    private final Crank crank;
    private final FileDisk disk;
    private final PeerTransport transport;
    private final ClientPort clients;
    private final Announcement announcement;

    /** Opens the folder and the peer port, and begins to recover. */
    private MemberServer(ServerConfig config, Log log, DataDirectory directory) {
        this.config = config;
        this.log = log;
        this.directory = directory;
        self = config.cluster().id(config.name());
        group = new MultiThreadIoEventLoopGroup(threads(), NioIoHandler.newFactory());
        crank = new Crank(new Turns());
        disk = new FileDisk(directory.files(), crank::disk, metrics);
        transport =
                new PeerTransport(
                        new PeerTransport.Self(config.cluster().clusterId(), self),
                        new Frames(),
                        new PeerTransport.Parts(group, ChannelSecurity.PLAIN, metrics, log));
        Member member = new Member(crank, metrics, config.cluster().clusterId(), self.value());
        clients =
                new ClientPort(config, member, crank, metrics, new ClusterRoster(config.cluster()));
        announcement = new Announcement(told(), crank, log);
    }

    private static int threads() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    }

    /** What the other members, and through them all clients, are to know of this one. */
    private dev.whitewater.store.Member told() {
        return new dev.whitewater.store.Member(
                self.value(),
                config.name(),
                config.cluster().peerUrls(config.name()),
                config.urls().advertiseClient().stream().map(EtcdUrl::toString).toList(),
                false);
    }

    /**
     * Starts a member and returns when it serves clients, with a leader or without; throws {@link
     * ServerRefused} if it can't.
     */
    public static MemberServer start(ServerConfig config, Log log) {
        DataDirectory directory;
        try {
            directory = DataDirectory.open(config.dataDir());
        } catch (IOException e) {
            throw new ServerRefused(sentence(e));
        }
        MemberServer server = new MemberServer(config, log, directory);
        try {
            server.open();
        } catch (ServerRefused e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static String sentence(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("data directory")
                ? message + "."
                : "the data directory can't be used: "
                        + e.getClass().getSimpleName()
                        + ": "
                        + message;
    }

    private void open() {
        log.info(
                "starting a member",
                "name",
                config.name(),
                "member-id",
                Long.toHexString(self.value()),
                "cluster-id",
                Long.toHexString(config.cluster().clusterId()),
                "data-dir",
                config.dataDir().toString());
        for (EtcdUrl url : config.urls().listenPeer()) {
            try {
                transport.listen(url.socket());
            } catch (IOException e) {
                throw new ServerRefused("can't listen for peers on " + url + ": " + e.getMessage());
            }
            log.info("serving peer traffic", "address", url.toString());
        }
        crank.start(this::node);
        try {
            running.join();
        } catch (CompletionException e) {
            throw new ServerRefused(reason(e.getCause()));
        }
        clients.open(group);
        config.cluster()
                .members()
                .forEach(
                        (name, urls) -> {
                            NodeId peer = config.cluster().id(name);
                            List<InetSocketAddress> sockets =
                                    urls.stream().map(EtcdUrl::socket).toList();
                            if (!peer.equals(self)) {
                                transport.connect(peer, sockets);
                            }
                        });
        // A fresh process has waited long enough for a leader's word but for the last tick (etcd's
        // --initial-election-tick-advance).
        crank.hurry((config.timing().electionTicks() - 1) * config.timing().tickNanos());
    }

    private static String reason(Throwable cause) {
        return cause instanceof DiskFailure failure
                ? "the data directory can't be used ("
                        + failure.kind()
                        + "): "
                        + failure.getMessage()
                : "the member failed at its start: " + cause;
    }

    private Node node(ClientReplies replies) {
        ServerConfig.Timing timing = config.timing();
        RaftConfig raft =
                new RaftConfig(
                        self,
                        config.cluster().ids(),
                        timing.electionTicks(),
                        1,
                        RaftConfig.Limits.DEFAULT,
                        RaftConfig.Guards.DEFAULT);
        NodeConfig node =
                new NodeConfig(
                                raft,
                                config.cluster().clusterId(),
                                timing.tickNanos(),
                                REQUEST_NANOS + 2_000_000L * timing.electionMillis(),
                                SEGMENT_BYTES,
                                config.snapshotCount())
                        .withServices(config.services());
        SplittableRandom random = new SplittableRandom();
        ElectionJitter jitter = (_, bound) -> random.nextInt(bound);
        Ports ports =
                new Ports(disk, transport, replies, TraceSink.NONE, new JdkChecksum())
                        .withCheckpoints(config.checkpoints().known());
        return new Node(node, ports, jitter, RaftRules.HONEST);
    }

    public String name() {
        return config.name();
    }

    /** Completes when all members know this one's name and client URLs, which needs a leader. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Completes with what ended the member; without a message if it was asked to stop. */
    public CompletableFuture<Throwable> ended() {
        return ended;
    }

    /** Frames from peers go to the member's inbox. */
    private final class Frames implements PeerTransport.Inbound {

        @Override
        public void frame(NodeId from, byte[] frame) {
            crank.frame(from, frame);
        }

        @Override
        public int backlog() {
            return crank.backlog();
        }
    }

    /** What goes on around the turns of the member; by the state-machine thread. */
    private final class Turns implements Crank.Host {

        private NodeId leader = NodeId.NONE;

        @Override
        public void turned(NodeView member) {
            transport.flush();
            if (!member.recovering()) {
                observe(member);
            }
        }

        private void observe(NodeView member) {
            NodeId now = member.raft().leader();
            clients.observe(member);
            if (!now.equals(leader)) {
                leader = now;
                tellOf(now, member.raft().term());
            }
            if (!now.isNone()
                    && !ready.isDone()
                    && announcement.stands(member, System.nanoTime())) {
                ready.complete(null);
                tellReady();
            }
        }

        private void tellOf(NodeId now, long term) {
            if (now.isNone()) {
                log.warn("lost the leader", "term", Long.toString(term));
                return;
            }
            metrics.leaderChanges.increment();
            log.info(
                    "elected leader",
                    "leader",
                    Long.toHexString(now.value()),
                    "term",
                    Long.toString(term));
        }

        private void tellReady() {
            log.info("ready to serve client requests");
            for (EtcdUrl url : config.urls().listenClient()) {
                log.info(
                        "serving client traffic insecurely; this is strongly discouraged!",
                        "address",
                        url.host() + ":" + url.port());
            }
        }

        @Override
        public void running(NodeView member) {
            running.complete(null);
        }

        @Override
        public void ended(Throwable cause) {
            running.completeExceptionally(cause);
            ended.complete(cause);
        }
    }

    /** Stops taking requests, answers those under way, and leaves everything durable. */
    @Override
    public void close() {
        clients.close();
        crank.stop();
        if (running.isDone()) {
            ended.join();
        }
        transport.close();
        disk.close();
        if (!group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000)) {
            log.warn("some connections did not close in time");
        }
        try {
            directory.close();
        } catch (IOException e) {
            log.warn(
                    "could not release the data directory",
                    "error",
                    String.valueOf(e.getMessage()));
        }
        log.info("closed the member", "name", config.name());
    }
}
