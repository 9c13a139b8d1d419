package dev.whitewater.store;

import java.util.List;

/** What an {@link AuthRequest} did. Every answer carries the store's revision. */
public sealed interface AuthResponse extends Response {

    long revision();

    /** Done. */
    record Done(long revision) implements AuthResponse {}

    /** Whether permissions are looked at, and how often they changed. */
    record Status(long revision, boolean enabled, long authRevision) implements AuthResponse {}

    /** The user is who it says; a token may be made, of this auth revision. */
    record Authenticated(long revision, Bytes user, long authRevision) implements AuthResponse {}

    /** Names: of users, of roles, or of one user's roles; in order. */
    record Names(long revision, List<Bytes> names) implements AuthResponse {}

    /** What a role may do, by key. */
    record Permissions(long revision, List<Permission> permissions) implements AuthResponse {}
}
