package dev.whitewater.store;

/**
 * On whose behalf a request is made.
 *
 * @param user the name that a token vouched for; empty: nobody's, or a member's own
 * @param authRevision the auth revision that the token was made at: permissions may have changed
 *     since, and then it is refused (etcd's {@code ErrAuthOldRevision}); 0: no token
 */
public record Caller(Kind kind, Bytes user, long authRevision) {

    /** Who is there to ask. */
    public enum Kind {
        NOBODY,
        USER,
        MEMBER
    }

    /** A client without a token. */
    public static final Caller NOBODY = new Caller(Kind.NOBODY, Bytes.EMPTY, 0);

    /** A member, for the cluster's own needs: the end of a lease, an alarm. May do everything. */
    public static final Caller MEMBER = new Caller(Kind.MEMBER, Bytes.EMPTY, 0);

    public static Caller user(Bytes name, long authRevision) {
        return new Caller(Kind.USER, name, authRevision);
    }

    public boolean isMember() {
        return kind == Kind.MEMBER;
    }
}
