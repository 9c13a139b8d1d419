package dev.whitewater.server.http;

import static io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpRequest;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpMethod;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpResponseStatus;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpVersion;
import io.grpc.netty.shaded.io.netty.handler.codec.http.QueryStringDecoder;

import java.nio.charset.StandardCharsets;

/** Plain HTTP pages of one connection: {@code /health}, {@code /version}, {@code /metrics}. */
// Netty's futures: a connection that fails is closed, and that is seen where it matters.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HttpPages extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Pages pages;

    /** A page as it goes out. */
    public record Page(int status, String type, String body) {

        public static Page text(String body) {
            return new Page(200, "text/plain; version=0.0.4; charset=utf-8", body);
        }

        public static Page json(int status, String body) {
            return new Page(status, "application/json", body);
        }

        static Page missing() {
            return new Page(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
    }

    /** Who receives a page, at once or later, on any thread. */
    @FunctionalInterface
    public interface Receiver {
        void take(Page page);
    }

    /** What there is to show. */
    public interface Pages {
        void health(boolean serializable, Receiver receiver);

        void metrics(Receiver receiver);

        Page version();
    }

    public HttpPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder url = new QueryStringDecoder(request.uri());
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Receiver receiver = page -> send(context, page, keepAlive);
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            receiver.take(new Page(405, "text/plain; charset=utf-8", "Method Not Allowed\n"));
            return;
        }
        switch (url.path()) {
            case "/health", "/livez", "/readyz" -> health(url, receiver);
            case "/metrics" -> pages.metrics(receiver);
            case "/version" -> receiver.take(pages.version());
            default -> receiver.take(Page.missing());
        }
    }

    /** {@code /livez} and {@code /readyz} say the same in one word (etcd 3.5.11 and later). */
    private void health(QueryStringDecoder url, Receiver receiver) {
        boolean serializable =
                url.path().equals("/livez")
                        || url.parameters()
                                .getOrDefault("serializable", java.util.List.of())
                                .contains("true");
        if (url.path().equals("/health")) {
            pages.health(serializable, receiver);
            return;
        }
        pages.health(
                serializable,
                page ->
                        receiver.take(
                                page.status() == 200
                                        ? new Page(200, "text/plain; charset=utf-8", "ok\n")
                                        : new Page(
                                                page.status(),
                                                "text/plain; charset=utf-8",
                                                "not ok\n")));
    }

    private static void send(ChannelHandlerContext context, Page page, boolean keepAlive) {
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(page.status()),
                        Unpooled.wrappedBuffer(body));
        response.headers().set(CONTENT_TYPE, page.type());
        response.headers().setInt(CONTENT_LENGTH, body.length);
        if (!keepAlive) {
            response.headers().set(CONNECTION, "close");
        }
        var sent = context.writeAndFlush(response);
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
