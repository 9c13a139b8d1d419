package dev.whitewater.server.api;

import dev.whitewater.server.metrics.Metrics;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Counts calls under the names of go-grpc-prometheus, which etcd uses. */
public final class CallCounter implements ServerInterceptor {

    private final Metrics metrics;

    public CallCounter(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String labels = labels(call.getMethodDescriptor());
        metrics.callStarted(labels);
        return next.startCall(
                new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        metrics.callHandled(
                                "grpc_code=\"" + goName(status.getCode()) + "\"," + labels);
                        super.close(status, trailers);
                    }
                },
                headers);
    }

    private static String labels(MethodDescriptor<?, ?> method) {
        String type =
                switch (method.getType()) {
                    case UNARY -> "unary";
                    case CLIENT_STREAMING -> "client_stream";
                    case SERVER_STREAMING -> "server_stream";
                    case BIDI_STREAMING -> "bidi_stream";
                    case UNKNOWN -> "unknown";
                };
        return "grpc_method=\""
                + method.getBareMethodName()
                + "\",grpc_service=\""
                + method.getServiceName()
                + "\",grpc_type=\""
                + type
                + "\"";
    }

    /** {@code INVALID_ARGUMENT} is {@code InvalidArgument} there. */
    static String goName(Status.Code code) {
        StringBuilder name = new StringBuilder();
        for (String word : code.name().split("_", -1)) {
            name.append(word.charAt(0));
            name.append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString().equals("Ok") ? "OK" : name.toString();
    }
}
