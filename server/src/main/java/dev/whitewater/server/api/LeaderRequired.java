package dev.whitewater.server.api;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Calls that would rather fail than be served by a member without a leader (etcd's metadata {@code
 * hasleader: true}): refused at once, and streams ended when the leader stays away.
 */
public final class LeaderRequired implements ServerInterceptor {

    private static final Metadata.Key<String> KEY =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Boolean> REQUIRED = Context.key("hasleader");

    private final Map<Long, Consumer<Throwable>> streams = new ConcurrentHashMap<>();
    private final long patienceNanos;
    private volatile boolean hasLeader;
    private long leaderSeen;

    /** {@code patienceNanos}: how long a stream outlives its leader; etcd takes three elections. */
    public LeaderRequired(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** What is known of the leader now; called by one thread. */
    public void observe(boolean leader, long nowNanos) {
        hasLeader = leader;
        if (leader) {
            leaderSeen = nowNanos;
        } else if (!streams.isEmpty() && nowNanos - leaderSeen > patienceNanos) {
            streams.values()
                    .forEach(stream -> stream.accept(Errors.NO_LEADER.asRuntimeException()));
            streams.clear();
        }
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        boolean required = "true".equals(headers.get(KEY));
        if (!required) {
            return next.startCall(call, headers);
        }
        if (!hasLeader) {
            call.close(Errors.NO_LEADER, new Metadata());
            return new ServerCall.Listener<>() {};
        }
        Context context = Context.current().withValue(REQUIRED, true);
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Ends the stream when the leader stays away, if its call asked for that. */
    void watch(long stream, Consumer<Throwable> end) {
        if (Boolean.TRUE.equals(REQUIRED.get())) {
            streams.put(stream, end);
        }
    }

    void forget(long stream) {
        streams.remove(stream);
    }
}
