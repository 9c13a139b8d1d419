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
        long durable) {

    public static final long SAME = Long.MIN_VALUE;
    public static final Change NONE = new Change("", SAME, SAME, SAME, SAME, SAME, SAME, SAME);

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
