package dev.whitewater.reports.run;

/**
 * What changed in a member at one event. A field that did not change is {@link #SAME}, the role is
 * then empty. The report shows these values and computes none of Raft's rules itself: what it says
 * about a member is what the member said.
 */
public record Change(
        String role,
        long term,
        long vote,
        long leader,
        long commit,
        long applied,
        long last,
        long lastTerm,
        long durable) {

    public static final long SAME = Long.MIN_VALUE;
    public static final Change NONE = role("");

    public static Change role(String role) {
        return new Change(role, SAME, SAME, SAME, SAME, SAME, SAME, SAME, SAME);
    }

    public static Change term(long term) {
        return new Change("", term, SAME, SAME, SAME, SAME, SAME, SAME, SAME);
    }

    public static Change vote(long vote) {
        return new Change("", SAME, vote, SAME, SAME, SAME, SAME, SAME, SAME);
    }

    public static Change leader(long leader) {
        return new Change("", SAME, SAME, leader, SAME, SAME, SAME, SAME, SAME);
    }

    public static Change commit(long commit) {
        return new Change("", SAME, SAME, SAME, commit, SAME, SAME, SAME, SAME);
    }

    public static Change applied(long applied) {
        return new Change("", SAME, SAME, SAME, SAME, applied, SAME, SAME, SAME);
    }

    public static Change last(long last) {
        return new Change("", SAME, SAME, SAME, SAME, SAME, last, SAME, SAME);
    }

    public static Change lastTerm(long lastTerm) {
        return new Change("", SAME, SAME, SAME, SAME, SAME, SAME, lastTerm, SAME);
    }

    public static Change durable(long durable) {
        return new Change("", SAME, SAME, SAME, SAME, SAME, SAME, SAME, durable);
    }

    /** This and, where it says something, {@code later}. */
    public Change and(Change later) {
        return new Change(
                later.role.isEmpty() ? role : later.role,
                later.term == SAME ? term : later.term,
                later.vote == SAME ? vote : later.vote,
                later.leader == SAME ? leader : later.leader,
                later.commit == SAME ? commit : later.commit,
                later.applied == SAME ? applied : later.applied,
                later.last == SAME ? last : later.last,
                later.lastTerm == SAME ? lastTerm : later.lastTerm,
                later.durable == SAME ? durable : later.durable);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    public boolean changesRole() {
        return !role.isEmpty();
    }

    public boolean changesTerm() {
        return term != SAME;
    }

    public boolean changesLog() {
        return last != SAME || durable != SAME || commit != SAME;
    }
}
