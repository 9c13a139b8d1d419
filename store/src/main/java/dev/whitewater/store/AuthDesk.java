package dev.whitewater.store;

import dev.whitewater.store.auth.Auth;

import java.util.Optional;

/** Carries out commands on users and roles. */
final class AuthDesk {
    private final Auth auth;

    AuthDesk(Auth auth) {
        this.auth = auth;
    }

    Response apply(AuthRequest request, long revision) {
        return switch (request) {
            case AuthRequest.Enable enable -> done(auth.enable(), revision);
            case AuthRequest.Disable disable -> {
                auth.disable();
                yield new AuthResponse.Done(revision);
            }
            case AuthRequest.Status status ->
                    new AuthResponse.Status(revision, auth.isEnabled(), auth.revision());
            case AuthRequest.Authenticate authenticate -> authenticate(authenticate, revision);
            case AuthRequest.AddUser add -> done(auth.addUser(add.user(), add.hash()), revision);
            case AuthRequest.DeleteUser delete -> done(auth.deleteUser(delete.user()), revision);
            case AuthRequest.ChangePassword change ->
                    done(auth.changePassword(change.user(), change.hash()), revision);
            case AuthRequest.GrantRole grant ->
                    done(auth.grantRole(grant.user(), grant.role()), revision);
            case AuthRequest.RevokeRole revoke ->
                    done(auth.revokeRole(revoke.user(), revoke.role()), revision);
            case AuthRequest.AddRole add -> done(auth.addRole(add.role()), revision);
            case AuthRequest.DeleteRole delete -> done(auth.deleteRole(delete.role()), revision);
            case AuthRequest.GrantPermission grant ->
                    done(auth.grantPermission(grant.role(), grant.permission()), revision);
            case AuthRequest.RevokePermission revoke ->
                    done(auth.revokePermission(revoke.role(), revoke.keys()), revision);
            case AuthRequest.GetUser get ->
                    auth.hasUser(get.user())
                            ? new AuthResponse.Names(revision, auth.rolesOf(get.user()))
                            : Rejected.because(ErrorCode.USER_NOT_FOUND);
            case AuthRequest.GetRole get ->
                    auth.hasRole(get.role())
                            ? new AuthResponse.Permissions(revision, auth.permissions(get.role()))
                            : Rejected.because(ErrorCode.ROLE_NOT_FOUND);
            case AuthRequest.ListUsers list -> new AuthResponse.Names(revision, auth.users());
            case AuthRequest.ListRoles list -> new AuthResponse.Names(revision, auth.roles());
        };
    }

    private Response authenticate(AuthRequest.Authenticate request, long revision) {
        if (!auth.isEnabled()) {
            return Rejected.because(ErrorCode.AUTH_NOT_ENABLED);
        }
        Bytes stored = auth.hash(request.user());
        return stored.isEmpty() || !stored.equals(request.hash())
                ? Rejected.because(ErrorCode.AUTH_FAILED)
                : new AuthResponse.Authenticated(revision, request.user(), auth.revision());
    }

    private static Response done(Optional<ErrorCode> refusal, long revision) {
        return refusal.isPresent()
                ? Rejected.because(refusal.get())
                : new AuthResponse.Done(revision);
    }
}
