package dev.whitewater.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;

import dev.whitewater.server.auth.JwtTokens;
import dev.whitewater.server.pb.AuthDisableRequest;
import dev.whitewater.server.pb.AuthEnableRequest;
import dev.whitewater.server.pb.AuthGrpc;
import dev.whitewater.server.pb.AuthRoleAddRequest;
import dev.whitewater.server.pb.AuthRoleGrantPermissionRequest;
import dev.whitewater.server.pb.AuthStatusRequest;
import dev.whitewater.server.pb.AuthStatusResponse;
import dev.whitewater.server.pb.AuthUserAddRequest;
import dev.whitewater.server.pb.AuthUserGrantRoleRequest;
import dev.whitewater.server.pb.AuthenticateRequest;
import dev.whitewater.server.pb.KVGrpc;
import dev.whitewater.server.pb.RangeRequest;
import dev.whitewater.server.pb.WatchCreateRequest;
import dev.whitewater.server.pb.WatchGrpc;
import dev.whitewater.server.pb.WatchRequest;
import dev.whitewater.server.pb.WatchResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a member answers to calls with tokens of all kinds. */
class AuthCallsTest {

    private static final RangeRequest GET =
            RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build();

    @TempDir static Path folder;

    private static TestMembers members;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        members = TestMembers.withQuickPasswords(1, folder);
        String endpoint = members.endpoints().getFirst().replace("http://", "");
        channel = NettyChannelBuilder.forTarget(endpoint).usePlaintext().build();
        auth(channel)
                .userAdd(AuthUserAddRequest.newBuilder().setName("root").setPassword("pw").build());
        auth(channel).roleAdd(AuthRoleAddRequest.newBuilder().setName("root").build());
        auth(channel)
                .userGrantRole(
                        AuthUserGrantRoleRequest.newBuilder()
                                .setUser("root")
                                .setRole("root")
                                .build());
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        members.close();
    }

    private interface Body {
        void run() throws Exception;
    }

    /** While auth is enabled; the other tests find it as they would without this one. */
    private static void enabled(Body body) throws Exception {
        auth(channel).authEnable(AuthEnableRequest.getDefaultInstance());
        try {
            body.run();
        } finally {
            auth(showing("token", login(channel)))
                    .authDisable(AuthDisableRequest.getDefaultInstance());
        }
    }

    private static AuthGrpc.AuthBlockingStub auth(Channel by) {
        return AuthGrpc.newBlockingStub(by);
    }

    private static Channel showing(String key, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), token);
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static String login(Channel by) {
        return auth(by).authenticate(
                        AuthenticateRequest.newBuilder().setName("root").setPassword("pw").build())
                .getToken();
    }

    private static void refused(Channel by, Status.Code code, String text) {
        StatusRuntimeException refusal =
                assertThrows(
                        StatusRuntimeException.class, () -> KVGrpc.newBlockingStub(by).range(GET));
        assertEquals(code, refusal.getStatus().getCode());
        assertEquals(text, refusal.getStatus().getDescription());
    }

    @Test
    void tokenIsTakenFromEitherHeader() throws Exception {
        enabled(
                () -> {
                    refused(
                            channel,
                            Status.Code.INVALID_ARGUMENT,
                            "etcdserver: user name is empty");
                    String token = login(channel);
                    KVGrpc.newBlockingStub(showing("token", token)).range(GET);
                    KVGrpc.newBlockingStub(showing("authorization", token)).range(GET);
                });
    }

    @Test
    void forgedTokenIsRefusedAndStillLetsOneLogIn() throws Exception {
        enabled(
                () -> {
                    JwtTokens forger =
                            new JwtTokens(
                                    _ -> Optional.of(new byte[64]),
                                    Duration.ofHours(1),
                                    InstantSource.system());
                    String forged = forger.issue(Caller.user(Bytes.utf8("root"), 1_000));
                    Channel showing = showing("token", forged);
                    refused(showing, Status.Code.UNAUTHENTICATED, "etcdserver: invalid auth token");
                    assertFalse(login(showing).isEmpty());
                });
    }

    @Test
    void tokenFromBeforeAChangeOfUsersIsOld() throws Exception {
        enabled(
                () -> {
                    Channel showing = showing("token", login(channel));
                    auth(showing)
                            .userAdd(
                                    AuthUserAddRequest.newBuilder()
                                            .setName("a")
                                            .setPassword("b")
                                            .build());
                    refused(
                            showing,
                            Status.Code.INVALID_ARGUMENT,
                            "etcdserver: revision of auth store is old");
                });
    }

    @Test
    void whereAuthIsNotEnabledNoTokenIsLookedAt() {
        KVGrpc.newBlockingStub(showing("token", "whatever")).range(GET);
        StatusRuntimeException refusal =
                assertThrows(StatusRuntimeException.class, () -> login(channel));
        assertEquals(
                "etcdserver: authentication is not enabled", refusal.getStatus().getDescription());
        auth(channel).authDisable(AuthDisableRequest.getDefaultInstance());
    }

    @Test
    void statusTellsWhetherItIsEnabledAndHowOftenItChanged() throws Exception {
        AuthStatusRequest ask = AuthStatusRequest.getDefaultInstance();
        AuthStatusResponse before = auth(channel).authStatus(ask);
        assertFalse(before.getEnabled());
        assertTrue(before.getAuthRevision() >= 4, before.toString());
        enabled(
                () -> {
                    AuthStatusResponse after =
                            auth(showing("token", login(channel))).authStatus(ask);
                    assertTrue(after.getEnabled());
                    assertEquals(before.getAuthRevision(), after.getAuthRevision());
                });
        // That it is disabled is a change; that it is enabled isn't, in etcd.
        assertEquals(before.getAuthRevision() + 1, auth(channel).authStatus(ask).getAuthRevision());
    }

    @Test
    void grantOfNothingIsRefused() {
        auth(channel).roleAdd(AuthRoleAddRequest.newBuilder().setName("r").build());
        StatusRuntimeException refusal =
                assertThrows(
                        StatusRuntimeException.class,
                        () ->
                                auth(channel)
                                        .roleGrantPermission(
                                                AuthRoleGrantPermissionRequest.newBuilder()
                                                        .setName("r")
                                                        .build()));
        assertEquals("etcdserver: permission not given", refusal.getStatus().getDescription());
    }

    @Test
    void watchWithAForgedTokenIsCancelledWithTheReason() throws Exception {
        enabled(
                () -> {
                    CompletableFuture<WatchResponse> first = new CompletableFuture<>();
                    StreamObserver<WatchRequest> orders =
                            WatchGrpc.newStub(showing("token", "forged"))
                                    .watch(
                                            new StreamObserver<>() {
                                                @Override
                                                public void onNext(WatchResponse response) {
                                                    first.complete(response);
                                                }

                                                @Override
                                                public void onError(Throwable cause) {
                                                    first.completeExceptionally(cause);
                                                }

                                                @Override
                                                public void onCompleted() {
                                                    // Nothing came before, which the test will
                                                    // tell.
                                                }
                                            });
                    orders.onNext(
                            WatchRequest.newBuilder()
                                    .setCreateRequest(
                                            WatchCreateRequest.newBuilder().setKey(GET.getKey()))
                                    .build());
                    WatchResponse answer = first.get(20, TimeUnit.SECONDS);
                    assertTrue(answer.getCanceled() && answer.getCreated());
                    assertEquals(
                            "rpc error: code = Unauthenticated desc = etcdserver: invalid auth"
                                    + " token",
                            answer.getCancelReason());
                });
    }
}
