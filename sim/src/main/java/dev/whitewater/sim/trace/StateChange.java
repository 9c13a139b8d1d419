package dev.whitewater.sim.trace;

import dev.whitewater.raft.RoleKind;

/**
 * A field of a member's state and its new value. A viewer that applies the changes of a trace in
 * order knows every member's state at every event without knowing Raft.
 *
 * @param value a number; for {@link Field#ROLE} the ordinal of a {@link RoleKind}, for {@link
 *     Field#VOTE} and {@link Field#LEADER} a member's number or 0 for none
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

    public RoleKind role() {
        return RoleKind.values()[(int) value];
    }
}
