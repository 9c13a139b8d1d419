package dev.whitewater.server.api;

import dev.whitewater.server.pb.AuthDisableRequest;
import dev.whitewater.server.pb.AuthDisableResponse;
import dev.whitewater.server.pb.AuthGrpc;
import dev.whitewater.server.pb.AuthStatusRequest;
import dev.whitewater.server.pb.AuthStatusResponse;
import dev.whitewater.server.pb.AuthenticateRequest;
import dev.whitewater.server.pb.AuthenticateResponse;

import io.grpc.stub.StreamObserver;

/** etcd's {@code Auth} service of a cluster whose authentication is not enabled. */
public final class AuthService extends AuthGrpc.AuthImplBase {

    private final Member member;

    public AuthService(Member member) {
        this.member = member;
    }

    @Override
    public void authStatus(AuthStatusRequest request, StreamObserver<AuthStatusResponse> client) {
        member.crank()
                .look(
                        view ->
                                Member.answer(
                                        client,
                                        AuthStatusResponse.newBuilder()
                                                .setHeader(member.header(view))
                                                .setAuthRevision(1)
                                                .build()));
    }

    @Override
    public void authenticate(
            AuthenticateRequest request, StreamObserver<AuthenticateResponse> client) {
        client.onError(Errors.AUTH_NOT_ENABLED.asRuntimeException());
    }

    @Override
    public void authDisable(
            AuthDisableRequest request, StreamObserver<AuthDisableResponse> client) {
        client.onError(Errors.AUTH_NOT_ENABLED.asRuntimeException());
    }
}
