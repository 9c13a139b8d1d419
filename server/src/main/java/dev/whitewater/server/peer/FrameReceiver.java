package dev.whitewater.server.peer;

import dev.whitewater.raft.message.NodeId;
import dev.whitewater.server.log.Log;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/** One incoming connection: a hello, then frames for as long as the member keeps up with them. */
// Netty's futures: a connection that fails is closed, and that is seen where it matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrameReceiver extends SimpleChannelInboundHandler<ByteBuf> {

    /** Events that wait at the member before a connection is left unread for a moment. */
    private static final int BACKLOG_MOST = 20_000;

    private static final long PAUSE_MILLIS = 2;

    private final PeerTransport.Self self;
    private final BiConsumer<Hello, byte[]> frames;
    private final IntSupplier backlog;
    private final Log log;

    /** Who called; empty until it said so. */
    private List<Hello> caller = List.of();

    FrameReceiver(
            PeerTransport.Self self,
            BiConsumer<Hello, byte[]> frames,
            IntSupplier backlog,
            Log log) {
        this.self = self;
        this.frames = frames;
        this.backlog = backlog;
        this.log = log;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) throws IOException {
        byte[] frame = ByteBufUtil.getBytes(message);
        if (caller.isEmpty()) {
            Hello hello = Hello.decode(frame);
            check(hello);
            caller = List.of(hello);
        } else {
            frames.accept(caller.getFirst(), frame);
        }
        if (backlog.getAsInt() > BACKLOG_MOST) {
            context.channel().config().setAutoRead(false);
            resumeLater(context);
        }
    }

    private void resumeLater(ChannelHandlerContext context) {
        context.executor()
                .schedule(
                        () -> {
                            if (backlog.getAsInt() > BACKLOG_MOST / 2) {
                                resumeLater(context);
                            } else {
                                context.channel().config().setAutoRead(true);
                            }
                        },
                        PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void check(Hello hello) throws IOException {
        if (hello.clusterId() != self.clusterId()) {
            throw new IOException(
                    "belongs to cluster "
                            + Long.toHexString(hello.clusterId())
                            + ", this is "
                            + Long.toHexString(self.clusterId()));
        }
        NodeId to = hello.to();
        if (!to.equals(self.id())) {
            throw new IOException("calls " + to + ", this is " + self.id());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.warn(
                "closed a connection from a peer",
                "remote-addr",
                String.valueOf(context.channel().remoteAddress()),
                "error",
                String.valueOf(cause.getMessage()));
        context.close();
    }
}
