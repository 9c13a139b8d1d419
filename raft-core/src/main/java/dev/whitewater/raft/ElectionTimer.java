package dev.whitewater.raft;

/**
 * When a member that hears nothing from a leader starts an election: after {@code electionTicks}
 * and a jitter of up to as much again, drawn anew for each attempt (thesis §3.4).
 */
final class ElectionTimer {

    private final int electionTicks;
    private final ElectionJitter jitter;
    private long attempts;
    private int timeout;
    private long deadline;

    ElectionTimer(int electionTicks, ElectionJitter jitter) {
        this.electionTicks = electionTicks;
        this.jitter = jitter;
    }

    /** Draws a new timeout; a new attempt begins. */
    void draw(long now) {
        int extra = jitter.jitterTicks(attempts++, electionTicks);
        Check.atMost("jitter-not-negative", 0, extra);
        Check.below("jitter-bound", extra, electionTicks);
        timeout = electionTicks + extra;
        restart(now);
    }

    /** A leader was heard or a vote was granted: the same timeout, from now. */
    void restart(long now) {
        deadline = now + timeout;
    }

    long deadline() {
        return deadline;
    }
}
