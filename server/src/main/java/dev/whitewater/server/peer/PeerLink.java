package dev.whitewater.server.peer;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.log.Log;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The connection to one peer, made again when it breaks: at once, then after twice as long each
 * time up to a second, by chance a little more, so that a cluster doesn't knock in step.
 */
// Netty's futures: a connection that fails is closed, and that is seen where it matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class PeerLink {

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LAST_PAUSE_MILLIS = 1_000;

    private final NodeId peer;
    private final List<InetSocketAddress> addresses;
    private final Bootstrap bootstrap;
    private final byte[] hello;
    private final Log log;

    /** The channel in use; empty while there is none. */
    private final AtomicReference<List<Channel>> up = new AtomicReference<>(List.of());

    /** Used by one connection attempt at a time. */
    private final SplittableRandom chance = new SplittableRandom();

    private volatile boolean closed;
    private boolean dirty;
    private int attempt;

    PeerLink(
            NodeId peer,
            List<InetSocketAddress> addresses,
            Bootstrap bootstrap,
            byte[] hello,
            Log log) {
        this.peer = peer;
        this.addresses = addresses;
        this.bootstrap = bootstrap;
        this.hello = hello;
        this.log = log;
    }

    boolean isUp() {
        return !up.get().isEmpty();
    }

    void connect() {
        if (closed) {
            return;
        }
        InetSocketAddress address = addresses.get(Math.floorMod(attempt, addresses.size()));
        bootstrap.connect(resolved(address)).addListener(f -> connected((ChannelFuture) f));
    }

    /** A name is looked up anew each time: a peer may come back elsewhere. */
    private static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    private void connected(ChannelFuture future) {
        if (!future.isSuccess()) {
            again();
            return;
        }
        Channel channel = future.channel();
        if (closed) {
            channel.close();
            return;
        }
        attempt = 0;
        channel.writeAndFlush(framed(channel, hello));
        up.set(List.of(channel));
        log.info("established TCP streaming connection with remote peer", "peer", name());
        channel.closeFuture()
                .addListener(
                        _ -> {
                            up.set(List.of());
                            if (!closed) {
                                log.warn(
                                        "lost TCP streaming connection with remote peer",
                                        "peer",
                                        name());
                            }
                            again();
                        });
    }

    /** As every tool of etcd writes a member's id. */
    private String name() {
        return Long.toHexString(peer.value());
    }

    private void again() {
        if (closed) {
            return;
        }
        long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(attempt, 10), LAST_PAUSE_MILLIS);
        attempt++;
        long spread = chance.nextLong(1 + pause / 4);
        bootstrap.config().group().schedule(this::connect, pause + spread, TimeUnit.MILLISECONDS);
    }

    /** False if the frame was dropped. Called by the state-machine thread, like {@link #flush}. */
    boolean send(byte[] frame) {
        for (Channel channel : up.get()) {
            if (!channel.isWritable()) {
                return false;
            }
            channel.write(framed(channel, frame), channel.voidPromise());
            dirty = true;
            return true;
        }
        return false;
    }

    private static ByteBuf framed(Channel channel, byte[] frame) {
        ByteBuf buffer = channel.alloc().ioBuffer(Integer.BYTES + frame.length);
        return buffer.writeInt(frame.length).writeBytes(frame);
    }

    void flush() {
        if (dirty) {
            dirty = false;
            up.get().forEach(Channel::flush);
        }
    }

    void close() {
        closed = true;
        up.get().forEach(Channel::close);
    }
}
