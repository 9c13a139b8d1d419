package dev.whitewater.sim.trace;

import dev.whitewater.raft.RoleKind;

/**
 * A field of a member's state and its new value. A viewer that applies the changes of a trace in
 * order knows every member's state at every event without knowing Raft.
 *
 * @param value a number; for {@link Field#ROLE} read it with {@link #role()}, for {@link
 *     Field#VOTE} and {@link Field#LEADER} it is a member's number or 0 for none
 */
public record StateChange(Field field, long value) {

    /** What is told of a member's state. */
    public enum Field {
        ROLE,
        TERM,
        VOTE,
        LEADER,
        COMMIT,
        APPLIED,
        LAST,
        /** The term of the last entry: what elections compare first. */
        LAST_TERM,
        DURABLE
    }

    /** The change to this role. */
    public static StateChange of(RoleKind role) {
        return new StateChange(
                Field.ROLE,
                switch (role) {
                    case FOLLOWER -> 0;
                    case PRE_CANDIDATE -> 1;
                    case CANDIDATE -> 2;
                    case LEADER -> 3;
                });
    }

    /** The new role, of a change of {@link Field#ROLE}. */
    public RoleKind role() {
        return switch ((int) value) {
            case 0 -> RoleKind.FOLLOWER;
            case 1 -> RoleKind.PRE_CANDIDATE;
            case 2 -> RoleKind.CANDIDATE;
            case 3 -> RoleKind.LEADER;
            default -> throw new IllegalStateException("no role has the code " + value);
        };
    }

    /** The new role's name, for readers who know no roles. */
    public String roleName() {
        return role().name();
    }
}
