package dev.whitewater.server.http;

import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.ByteToMessageDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpObjectAggregator;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpServerCodec;
import io.grpc.netty.shaded.io.netty.util.AsciiString;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One port for gRPC and for plain HTTP, as etcd's client port: the first bytes of a connection tell
 * which it is. HTTP/2 begins with {@code PRI} (RFC 9113 §3.4), and no HTTP/1 method does.
 */
public final class ProtocolDetector implements InternalProtocolNegotiator.ProtocolNegotiator {

    private static final byte[] PREFACE = {'P', 'R', 'I'};
    private static final int REQUEST_BYTES_MOST = 2 << 20;

    private final InternalProtocolNegotiator.ProtocolNegotiator grpc =
            InternalProtocolNegotiators.serverPlaintext();
    private final Supplier<ChannelHandler> http;

    /** {@code http} makes what answers full HTTP/1 requests on one connection. */
    public ProtocolDetector(Supplier<ChannelHandler> http) {
        this.http = http;
    }

    @Override
    public AsciiString scheme() {
        return grpc.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler handler) {
        return new Detecting(grpc.newHandler(handler));
    }

    @Override
    public void close() {
        grpc.close();
    }

    /** Looks at the first bytes, makes room for who understands them, and hands them over. */
    private final class Detecting extends ByteToMessageDecoder {
        private final ChannelHandler grpcHandler;

        /** Meant for gRPC's handlers, which are not there yet. */
        private final List<Object> events = new ArrayList<>();

        Detecting(ChannelHandler grpcHandler) {
            this.grpcHandler = grpcHandler;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            events.add(event);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            int known = Math.min(PREFACE.length, in.readableBytes());
            for (int i = 0; i < known; i++) {
                if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                    becomeHttp(context);
                    return;
                }
            }
            if (known == PREFACE.length) {
                becomeGrpc(context);
            }
        }

        private void becomeGrpc(ChannelHandlerContext context) {
            context.pipeline().addAfter(context.name(), null, grpcHandler);
            for (Object event : events) {
                context.fireUserEventTriggered(event);
            }
            // What was read so far goes on to whoever comes next.
            context.pipeline().remove(this);
        }

        private void becomeHttp(ChannelHandlerContext context) {
            String last = context.name();
            for (ChannelHandler next :
                    List.of(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(REQUEST_BYTES_MOST),
                            http.get())) {
                context.pipeline().addAfter(last, null, next);
                last = context.pipeline().context(next).name();
            }
            context.pipeline().remove(this);
        }
    }
}
