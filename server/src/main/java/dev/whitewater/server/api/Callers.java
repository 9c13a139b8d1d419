package dev.whitewater.server.api;

import dev.whitewater.server.auth.KnownUsers;
import dev.whitewater.server.pb.AuthGrpc;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.Caller;
import dev.whitewater.store.Request;
import dev.whitewater.store.port.Tokens;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * On whose behalf a call is made: whom the token in its metadata vouches for (etcd's {@code
 * AuthInfoFromCtx}). Whether that user may do what it asks for, the store says. A call without a
 * token costs nothing.
 */
public final class Callers implements ServerInterceptor {

    private static final Metadata.Key<String> TOKEN =
            Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    /** What comes from HTTP; looked at only if there is no {@link #TOKEN}. */
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<String> SHOWN = Context.key("token");
    private static final Context.Key<Caller> CALLER =
            Context.keyWithDefault("caller", Caller.NOBODY);

    private final KnownUsers users;
    private final Tokens tokens;

    public Callers(KnownUsers users, Tokens tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    /** Whose call is handled now, by this thread. */
    static Caller current() {
        return CALLER.get();
    }

    /** The request with the name of whoever makes it. */
    static Request attributed(Request request) {
        Caller caller = current();
        return caller.kind() == Caller.Kind.NOBODY ? request : new Attributed(caller, request);
    }

    /** For a call that lasts: whose it is, asked again and again, since a token ends. */
    Supplier<Optional<Caller>> lasting() {
        String token = SHOWN.get();
        return token == null ? () -> Optional.of(Caller.NOBODY) : () -> of(token);
    }

    /** Empty: the token is to be refused. Where auth isn't enabled, none is. */
    private Optional<Caller> of(String token) {
        Optional<Caller> caller = tokens.verify(token);
        return caller.isPresent() || users.authEnabled() ? caller : Optional.of(Caller.NOBODY);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String token = headers.get(TOKEN);
        if (token == null) {
            token = headers.get(AUTHORIZATION);
        }
        if (token == null || isLogin(call.getMethodDescriptor())) {
            return next.startCall(call, headers);
        }
        Optional<Caller> caller = of(token);
        boolean lasts = call.getMethodDescriptor().getType() != MethodDescriptor.MethodType.UNARY;
        if (caller.isEmpty() && !lasts) {
            call.close(Errors.INVALID_TOKEN, new Metadata());
            return new ServerCall.Listener<>() {};
        }
        Context context =
                Context.current().withValues(SHOWN, token, CALLER, caller.orElse(Caller.NOBODY));
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Who comes for a new token may still show the old one. */
    private static boolean isLogin(MethodDescriptor<?, ?> method) {
        return method.getFullMethodName()
                .equals(AuthGrpc.getAuthenticateMethod().getFullMethodName());
    }
}
