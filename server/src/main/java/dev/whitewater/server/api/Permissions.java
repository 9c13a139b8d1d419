package dev.whitewater.server.api;

import dev.whitewater.server.pb.AuthRoleGrantPermissionRequest;
import dev.whitewater.server.pb.Permission;
import dev.whitewater.store.AuthResponse;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.Permission.Access;
import dev.whitewater.store.auth.Auth;

import java.util.List;
import java.util.Optional;

/** What roles may do, as it goes over the wire. */
final class Permissions {

    /** Nobody granted this to the role {@code root}, but it is what etcd shows of it. */
    private static final List<Permission> ALL =
            List.of(permission(Access.READ_WRITE, KeyRange.from(Bytes.EMPTY)));

    private Permissions() {}

    /** Empty: there is none, or one of a kind that isn't known. */
    static Optional<dev.whitewater.store.Permission> asked(AuthRoleGrantPermissionRequest request) {
        if (!request.hasPerm()) {
            return Optional.empty();
        }
        KeyRange keys = Requests.keys(request.getPerm().getKey(), request.getPerm().getRangeEnd());
        return switch (request.getPerm().getPermType()) {
            case READ -> Optional.of(new dev.whitewater.store.Permission(Access.READ, keys));
            case WRITE -> Optional.of(new dev.whitewater.store.Permission(Access.WRITE, keys));
            case READWRITE ->
                    Optional.of(new dev.whitewater.store.Permission(Access.READ_WRITE, keys));
            case UNRECOGNIZED -> Optional.empty();
        };
    }

    static List<Permission> answer(Bytes role, AuthResponse.Permissions granted) {
        return role.equals(Auth.ROOT)
                ? ALL
                : granted.permissions().stream()
                        .map(each -> permission(each.access(), each.keys()))
                        .toList();
    }

    private static Permission permission(Access access, KeyRange keys) {
        Permission.Type type =
                switch (access) {
                    case READ -> Permission.Type.READ;
                    case WRITE -> Permission.Type.WRITE;
                    case READ_WRITE -> Permission.Type.READWRITE;
                };
        return Permission.newBuilder()
                .setPermType(type)
                .setKey(Responses.bytes(keys.start()))
                .setRangeEnd(Responses.bytes(keys.end()))
                .build();
    }
}
