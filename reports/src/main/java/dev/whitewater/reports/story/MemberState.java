package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Change;

/**
 * What a member said about itself up to some event. Down members keep their last words; {@code up}
 * tells.
 */
public record MemberState(
        boolean up,
        Role role,
        long term,
        long vote,
        long leader,
        long commit,
        long applied,
        long last,
        long lastTerm,
        long durable) {

    public static final MemberState UNHEARD =
            new MemberState(false, Role.FOLLOWER, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The state after {@code change}. */
    public MemberState after(Change change) {
        return new MemberState(
                up,
                change.changesRole() ? Role.of(change.role()) : role,
                or(change.term(), term),
                or(change.vote(), vote),
                or(change.leader(), leader),
                or(change.commit(), commit),
                or(change.applied(), applied),
                or(change.last(), last),
                or(change.lastTerm(), lastTerm),
                or(change.durable(), durable));
    }

    public MemberState withUp(boolean isUp) {
        return new MemberState(
                isUp, role, term, vote, leader, commit, applied, last, lastTerm, durable);
    }

    /** How many entries a crash would take now: appended, but not yet on the disk. */
    public long atRisk() {
        return Math.max(0, last - durable);
    }

    private static long or(long changed, long old) {
        return changed == Change.SAME ? old : changed;
    }
}
