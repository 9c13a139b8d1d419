package dev.whitewater.server.api;

import dev.whitewater.server.auth.BCryptPasswords;
import dev.whitewater.server.auth.KnownUsers;
import dev.whitewater.server.auth.Logins;
import dev.whitewater.server.pb.AuthDisableRequest;
import dev.whitewater.server.pb.AuthDisableResponse;
import dev.whitewater.server.pb.AuthEnableRequest;
import dev.whitewater.server.pb.AuthEnableResponse;
import dev.whitewater.server.pb.AuthGrpc;
import dev.whitewater.server.pb.AuthRoleAddRequest;
import dev.whitewater.server.pb.AuthRoleAddResponse;
import dev.whitewater.server.pb.AuthRoleDeleteRequest;
import dev.whitewater.server.pb.AuthRoleDeleteResponse;
import dev.whitewater.server.pb.AuthRoleGetRequest;
import dev.whitewater.server.pb.AuthRoleGetResponse;
import dev.whitewater.server.pb.AuthRoleGrantPermissionRequest;
import dev.whitewater.server.pb.AuthRoleGrantPermissionResponse;
import dev.whitewater.server.pb.AuthRoleListRequest;
import dev.whitewater.server.pb.AuthRoleListResponse;
import dev.whitewater.server.pb.AuthRoleRevokePermissionRequest;
import dev.whitewater.server.pb.AuthRoleRevokePermissionResponse;
import dev.whitewater.server.pb.AuthStatusRequest;
import dev.whitewater.server.pb.AuthStatusResponse;
import dev.whitewater.server.pb.AuthUserAddRequest;
import dev.whitewater.server.pb.AuthUserAddResponse;
import dev.whitewater.server.pb.AuthUserChangePasswordRequest;
import dev.whitewater.server.pb.AuthUserChangePasswordResponse;
import dev.whitewater.server.pb.AuthUserDeleteRequest;
import dev.whitewater.server.pb.AuthUserDeleteResponse;
import dev.whitewater.server.pb.AuthUserGetRequest;
import dev.whitewater.server.pb.AuthUserGetResponse;
import dev.whitewater.server.pb.AuthUserGrantRoleRequest;
import dev.whitewater.server.pb.AuthUserGrantRoleResponse;
import dev.whitewater.server.pb.AuthUserListRequest;
import dev.whitewater.server.pb.AuthUserListResponse;
import dev.whitewater.server.pb.AuthUserRevokeRoleRequest;
import dev.whitewater.server.pb.AuthUserRevokeRoleResponse;
import dev.whitewater.server.pb.AuthenticateRequest;
import dev.whitewater.server.pb.AuthenticateResponse;
import dev.whitewater.server.pb.ResponseHeader;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Rejected;
import dev.whitewater.store.Response;
import dev.whitewater.store.Store;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * etcd's {@code Auth} service. Passwords are looked at here, before anything is proposed: the log
 * and the members only ever see what bcrypt made of them.
 */
public final class AuthService extends AuthGrpc.AuthImplBase {

    private final Member member;
    private final Logins logins;
    private final KnownUsers users;

    public AuthService(Member member, Logins logins, KnownUsers users) {
        this.member = member;
        this.logins = logins;
        this.users = users;
    }

    private <T> void change(
            AuthRequest request, StreamObserver<T> client, Function<ResponseHeader, T> done) {
        member.write(request, client, (_, header) -> done.apply(header));
    }

    // ---- whether it is looked at

    @Override
    public void authEnable(AuthEnableRequest request, StreamObserver<AuthEnableResponse> client) {
        change(
                new AuthRequest.Enable(),
                client,
                header -> AuthEnableResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void authDisable(
            AuthDisableRequest request, StreamObserver<AuthDisableResponse> client) {
        change(
                new AuthRequest.Disable(),
                client,
                header -> AuthDisableResponse.newBuilder().setHeader(header).build());
    }

    /** Not by the log, but after all that was acknowledged. */
    @Override
    public void authStatus(AuthStatusRequest request, StreamObserver<AuthStatusResponse> client) {
        Caller caller = Callers.current();
        member.caughtUp(
                client,
                view -> {
                    Store store = view.store();
                    if (!Member.refused(store.adminRefusal(caller), client)) {
                        Member.answer(
                                client,
                                AuthStatusResponse.newBuilder()
                                        .setHeader(member.header(view))
                                        .setEnabled(store.isAuthEnabled())
                                        .setAuthRevision(store.authRevision())
                                        .build());
                    }
                });
    }

    // ---- passwords and tokens

    @Override
    public void authenticate(
            AuthenticateRequest request, StreamObserver<AuthenticateResponse> client) {
        Bytes user = Bytes.utf8(request.getName());
        Bytes password = Bytes.utf8(request.getPassword());
        member.caughtUp(
                client,
                view -> {
                    // Known before the answer comes, which needs the user's key.
                    users.observe(view.store());
                    Bytes hash = view.store().passwordHashes().getOrDefault(user, Bytes.EMPTY);
                    if (!view.store().isAuthEnabled()) {
                        refuse(client, ErrorCode.AUTH_NOT_ENABLED);
                    } else if (hash.isEmpty()) {
                        refuse(client, ErrorCode.AUTH_FAILED);
                    } else {
                        slowly(client, () -> authenticate(user, password, hash, client));
                    }
                });
    }

    private void authenticate(
            Bytes user, Bytes password, Bytes hash, StreamObserver<AuthenticateResponse> client) {
        if (!logins.passwords().matches(password, hash)) {
            refuse(client, ErrorCode.AUTH_FAILED);
            return;
        }
        // The store looks once more whether this still is the password.
        member.write(
                new AuthRequest.Authenticate(user, hash),
                client,
                (response, header) ->
                        AuthenticateResponse.newBuilder()
                                .setHeader(header)
                                .setToken(token((AuthResponse.Authenticated) response))
                                .build());
    }

    private String token(AuthResponse.Authenticated user) {
        return logins.tokens().issue(Caller.user(user.user(), user.authRevision()));
    }

    @Override
    public void userAdd(AuthUserAddRequest request, StreamObserver<AuthUserAddResponse> client) {
        Bytes name = Bytes.utf8(request.getName());
        Consumer<Bytes> add =
                hash ->
                        change(
                                new AuthRequest.AddUser(name, hash),
                                client,
                                header ->
                                        AuthUserAddResponse.newBuilder().setHeader(header).build());
        if (request.getOptions().getNoPassword()) {
            add.accept(Bytes.EMPTY);
        } else {
            hashed(request.getPassword(), client, add);
        }
    }

    @Override
    public void userChangePassword(
            AuthUserChangePasswordRequest request,
            StreamObserver<AuthUserChangePasswordResponse> client) {
        Bytes name = Bytes.utf8(request.getName());
        hashed(
                request.getPassword(),
                client,
                hash ->
                        change(
                                new AuthRequest.ChangePassword(name, hash),
                                client,
                                header ->
                                        AuthUserChangePasswordResponse.newBuilder()
                                                .setHeader(header)
                                                .build()));
    }

    /** Only for those who may: nobody else is to make this member work. */
    private void hashed(String password, StreamObserver<?> client, Consumer<Bytes> then) {
        Bytes bytes = Bytes.utf8(password);
        if (bytes.length() > BCryptPasswords.BYTES_MOST) {
            client.onError(Errors.PASSWORD_TOO_LONG.asRuntimeException());
            return;
        }
        Runnable work = Context.current().wrap(() -> then.accept(logins.passwords().hash(bytes)));
        member.asAdmin(client, _ -> slowly(client, work));
    }

    private void slowly(StreamObserver<?> client, Runnable work) {
        if (!logins.offer(work)) {
            client.onError(Errors.TOO_MANY_REQUESTS.asRuntimeException());
        }
    }

    private static void refuse(StreamObserver<?> client, ErrorCode code) {
        client.onError(Errors.of(Rejected.because(code)));
    }

    // ---- users

    @Override
    public void userDelete(
            AuthUserDeleteRequest request, StreamObserver<AuthUserDeleteResponse> client) {
        change(
                new AuthRequest.DeleteUser(Bytes.utf8(request.getName())),
                client,
                header -> AuthUserDeleteResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void userGet(AuthUserGetRequest request, StreamObserver<AuthUserGetResponse> client) {
        member.write(
                new AuthRequest.GetUser(Bytes.utf8(request.getName())),
                client,
                (response, header) ->
                        AuthUserGetResponse.newBuilder()
                                .setHeader(header)
                                .addAllRoles(names(response))
                                .build());
    }

    @Override
    public void userList(AuthUserListRequest request, StreamObserver<AuthUserListResponse> client) {
        member.write(
                new AuthRequest.ListUsers(),
                client,
                (response, header) ->
                        AuthUserListResponse.newBuilder()
                                .setHeader(header)
                                .addAllUsers(names(response))
                                .build());
    }

    private static List<String> names(Response response) {
        return ((AuthResponse.Names) response).names().stream().map(Bytes::toUtf8).toList();
    }

    @Override
    public void userGrantRole(
            AuthUserGrantRoleRequest request, StreamObserver<AuthUserGrantRoleResponse> client) {
        change(
                new AuthRequest.GrantRole(
                        Bytes.utf8(request.getUser()), Bytes.utf8(request.getRole())),
                client,
                header -> AuthUserGrantRoleResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void userRevokeRole(
            AuthUserRevokeRoleRequest request, StreamObserver<AuthUserRevokeRoleResponse> client) {
        change(
                new AuthRequest.RevokeRole(
                        Bytes.utf8(request.getName()), Bytes.utf8(request.getRole())),
                client,
                header -> AuthUserRevokeRoleResponse.newBuilder().setHeader(header).build());
    }

    // ---- roles

    @Override
    public void roleAdd(AuthRoleAddRequest request, StreamObserver<AuthRoleAddResponse> client) {
        change(
                new AuthRequest.AddRole(Bytes.utf8(request.getName())),
                client,
                header -> AuthRoleAddResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void roleDelete(
            AuthRoleDeleteRequest request, StreamObserver<AuthRoleDeleteResponse> client) {
        change(
                new AuthRequest.DeleteRole(Bytes.utf8(request.getRole())),
                client,
                header -> AuthRoleDeleteResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void roleGet(AuthRoleGetRequest request, StreamObserver<AuthRoleGetResponse> client) {
        Bytes role = Bytes.utf8(request.getRole());
        member.write(
                new AuthRequest.GetRole(role),
                client,
                (response, header) ->
                        AuthRoleGetResponse.newBuilder()
                                .setHeader(header)
                                .addAllPerm(
                                        Permissions.answer(
                                                role, (AuthResponse.Permissions) response))
                                .build());
    }

    @Override
    public void roleList(AuthRoleListRequest request, StreamObserver<AuthRoleListResponse> client) {
        member.write(
                new AuthRequest.ListRoles(),
                client,
                (response, header) ->
                        AuthRoleListResponse.newBuilder()
                                .setHeader(header)
                                .addAllRoles(names(response))
                                .build());
    }

    @Override
    public void roleGrantPermission(
            AuthRoleGrantPermissionRequest request,
            StreamObserver<AuthRoleGrantPermissionResponse> client) {
        Optional<dev.whitewater.store.Permission> permission = Permissions.asked(request);
        if (permission.isEmpty()) {
            client.onError(Errors.PERMISSION_NOT_GIVEN.asRuntimeException());
            return;
        }
        change(
                new AuthRequest.GrantPermission(Bytes.utf8(request.getName()), permission.get()),
                client,
                header -> AuthRoleGrantPermissionResponse.newBuilder().setHeader(header).build());
    }

    @Override
    public void roleRevokePermission(
            AuthRoleRevokePermissionRequest request,
            StreamObserver<AuthRoleRevokePermissionResponse> client) {
        change(
                new AuthRequest.RevokePermission(
                        Bytes.utf8(request.getRole()),
                        Requests.keys(request.getKey(), request.getRangeEnd())),
                client,
                header -> AuthRoleRevokePermissionResponse.newBuilder().setHeader(header).build());
    }
}
