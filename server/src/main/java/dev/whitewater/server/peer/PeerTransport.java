package dev.whitewater.server.peer;

import dev.whitewater.node.port.PeerNetwork;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.log.Log;
import dev.whitewater.server.metrics.Metrics;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.WriteBufferWaterMark;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The wire to the other members: one connection in each direction, on which the member's own frames
 * go as they are, each behind its length (4 bytes). The first frame is a {@link Hello}.
 *
 * <p>What can't be sent is dropped and counted, for a member promises nothing about frames: when
 * there is no connection, and when more than {@link #UNSENT_BYTES_MOST} wait for a slow peer. What
 * comes in faster than the member takes it waits in the sockets.
 */
// Netty's futures: a connection that fails is closed, and that is seen where it matters.
@SuppressWarnings("FutureReturnValueIgnored")
public final class PeerTransport implements PeerNetwork, AutoCloseable {

    static final int FRAME_BYTES_MOST = 256 << 20;
    private static final int UNSENT_BYTES_MOST = 64 << 20;
    private static final int LENGTH_BYTES = 4;

    private final Self self;
    private final Inbound inbound;
    private final EventLoopGroup group;
    private final Metrics metrics;
    private final ChannelSecurity security;
    private final Log log;
    private final Map<NodeId, PeerLink> links = new ConcurrentHashMap<>();
    private final List<Channel> listening = new ArrayList<>();

    /** Who this member is. */
    public record Self(long clusterId, NodeId id) {}

    /** Where frames go, and how many wait there. */
    public interface Inbound {
        void frame(NodeId from, byte[] frame);

        int backlog();
    }

    /** What the transport works with. */
    public record Parts(EventLoopGroup group, ChannelSecurity security, Metrics metrics, Log log) {}

    public PeerTransport(Self self, Inbound inbound, Parts parts) {
        this.self = self;
        this.inbound = inbound;
        group = parts.group();
        security = parts.security();
        metrics = parts.metrics();
        log = parts.log();
    }

    /** Takes connections at {@code address}; throws if it can't. */
    public void listen(InetSocketAddress address) throws IOException {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        security.secure(channel);
                                        channel.pipeline().addLast(frames(), receiver());
                                    }
                                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(String.valueOf(bound.cause().getMessage()), bound.cause());
        }
        listening.add(bound.channel());
    }

    private static LengthFieldBasedFrameDecoder frames() {
        return new LengthFieldBasedFrameDecoder(FRAME_BYTES_MOST, 0, LENGTH_BYTES, 0, LENGTH_BYTES);
    }

    private FrameReceiver receiver() {
        IntSupplier backlog = inbound::backlog;
        return new FrameReceiver(self, this::arrived, backlog, log);
    }

    private void arrived(Hello hello, byte[] frame) {
        metrics.peerReceivedBytes.add(frame.length);
        inbound.frame(hello.from(), frame);
    }

    /** Keeps a connection to {@code peer} from now on, in turn at each of its addresses. */
    public void connect(NodeId peer, List<InetSocketAddress> addresses) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
                        .option(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(UNSENT_BYTES_MOST / 2, UNSENT_BYTES_MOST))
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        security.secure(channel);
                                    }
                                });
        byte[] hello = new Hello(self.clusterId(), self.id(), peer).encode();
        PeerLink link = new PeerLink(peer, addresses, bootstrap, hello, log);
        links.put(peer, link);
        link.connect();
    }

    @Override
    public void send(NodeId to, byte[] frame) {
        PeerLink link = links.get(to);
        if (link == null || !link.send(frame)) {
            metrics.peerSendFailures.increment();
        } else {
            metrics.peerSentBytes.add(frame.length);
        }
    }

    /** What was sent since the last time goes out. */
    public void flush() {
        for (PeerLink link : links.values()) {
            link.flush();
        }
    }

    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        links.values().forEach(PeerLink::close);
    }
}
