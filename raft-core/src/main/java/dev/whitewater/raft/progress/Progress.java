package dev.whitewater.raft.progress;

import dev.whitewater.raft.Check;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.NodeId;

/**
 * What a leader knows of one follower (thesis §3.5: {@code matchIndex}, {@code nextIndex}).
 *
 * <p>A follower is <em>probed</em> while the leader does not know where the logs part: one append
 * at a time. Once an append was accepted the leader <em>replicates</em>: it sends ahead, up to a
 * window of unanswered appends. A follower that needs entries which the leader has let go of is
 * sent a <em>snapshot</em>, and nothing else until that was accepted or has failed.
 *
 * <p>Invariants: {@code match < next}; {@code match} never falls during a leadership.
 */
public final class Progress {

    /** How the leader sends to this follower. */
    public enum State {
        PROBE,
        REPLICATE,
        SNAPSHOT
    }

    private final NodeId id;
    private final InFlight inFlight;
    private State state = State.PROBE;
    private long match;
    private long next;
    private boolean probeSent;
    private long snapshot;
    private long snapshotDeadline;
    private boolean heard;
    private boolean lossCheckOwed;
    private long sentCommit;
    private long confirmedRound;

    public Progress(NodeId id, long next, int maxInFlight, long maxInFlightBytes) {
        this.id = id;
        this.next = next;
        this.inFlight = new InFlight(maxInFlight, maxInFlightBytes);
    }

    public NodeId id() {
        return id;
    }

    public State state() {
        return state;
    }

    public long match() {
        return match;
    }

    public long next() {
        return next;
    }

    /** Whether flow control lets another append go out now. */
    public boolean mayAppend() {
        return switch (state) {
            case PROBE -> !probeSent;
            case REPLICATE -> !inFlight.isFull();
            case SNAPSHOT -> false;
        };
    }

    /** An append of {@code bytes} that ends at {@code last} went out, with this {@code commit}. */
    public void appended(long last, long bytes, long commit) {
        switch (state) {
            case PROBE -> probeSent = true;
            case REPLICATE -> {
                if (last >= next) {
                    next = last + 1;
                    inFlight.add(last, bytes);
                }
            }
            case SNAPSHOT -> throw new InvariantViolation("append-during-snapshot", id.toString());
        }
        sentCommit = Math.max(sentCommit, Math.min(commit, last));
    }

    /** The follower's durable log equals the leader's up to {@code index}; whether that is news. */
    public boolean accepted(long index) {
        boolean news = index > match;
        if (news) {
            match = index;
            next = Math.max(next, index + 1);
        }
        if ((state == State.PROBE && index == match)
                || (state == State.SNAPSHOT && match >= snapshot)) {
            state = State.REPLICATE;
            next = match + 1;
            probeSent = false;
            inFlight.clear();
        }
        inFlight.freeUpTo(index);
        return news;
    }

    /**
     * The follower refused an append after {@code index}; the logs may agree up to {@code
     * agreement}. Answers that speak of an older append than the one in doubt change nothing.
     *
     * @return whether the next append must start elsewhere
     */
    public boolean rejected(long index, long agreement) {
        if (index <= match || state == State.SNAPSHOT) {
            return false;
        }
        if (state == State.REPLICATE) {
            probeFrom(match + 1);
            return true;
        }
        if (next - 1 != index) {
            return false;
        }
        probeFrom(Math.max(match + 1, Math.min(index, agreement + 1)));
        return true;
    }

    /**
     * A snapshot that ends at {@code index} went out; without news it has failed by {@code tick}.
     */
    public void snapshotSent(long index, long tick) {
        Check.below("snapshot-needed", match, index);
        inFlight.clear();
        state = State.SNAPSHOT;
        snapshot = index;
        snapshotDeadline = tick;
        next = index + 1;
    }

    /** Until when it is given time to take a snapshot in; 0 if none is under way. */
    public long snapshotDeadline() {
        return state == State.SNAPSHOT ? snapshotDeadline : 0;
    }

    /** The snapshot did not arrive; the next append or snapshot waits for a sign of life. */
    public void snapshotFailed() {
        if (state == State.SNAPSHOT) {
            probeFrom(match + 1);
            probeSent = true;
        }
    }

    /** A message could not be sent; to send ahead further would only waste bytes. */
    public void unreachable() {
        if (state == State.REPLICATE) {
            probeFrom(match + 1);
        }
    }

    /** A regular heartbeat goes out; its answer will show whether appends were lost. */
    public void heartbeatSent() {
        lossCheckOwed = true;
    }

    /**
     * A heartbeat came back: whatever was sent before it may be lost, so sending may go on.
     *
     * @return whether to send one append that finds out, once per regular heartbeat
     */
    public boolean heartbeatAnswered(long now) {
        boolean check = lossCheckOwed;
        lossCheckOwed = false;
        if (state == State.SNAPSHOT) {
            if (now < snapshotDeadline) {
                return false;
            }
            snapshotFailed();
        }
        if (check) {
            probeSent = false;
            if (inFlight.isFull()) {
                inFlight.freeFirst();
            }
        }
        return check;
    }

    /** Everything there is was sent and answered. */
    public boolean isIdle() {
        return state == State.REPLICATE && inFlight.count() == 0;
    }

    private void probeFrom(long index) {
        Check.below("next-above-match", match, index);
        state = State.PROBE;
        next = index;
        probeSent = false;
        inFlight.clear();
    }

    /** The commit index that the follower was told, if no message was lost. */
    public long sentCommit() {
        return sentCommit;
    }

    /** The newest round of reads that this follower confirmed. */
    public long confirmedRound() {
        return confirmedRound;
    }

    public void confirmed(long round) {
        confirmedRound = Math.max(confirmedRound, round);
    }

    public void heardFrom() {
        heard = true;
    }

    /** Whether the follower was heard since {@link #forgetHeard()}. */
    public boolean isHeard() {
        return heard;
    }

    public void forgetHeard() {
        heard = false;
    }

    /** All that decides what is sent next. */
    public String describe() {
        return "progress "
                + this
                + " window "
                + inFlight
                + " told commit "
                + sentCommit
                + " round "
                + confirmedRound
                + (lossCheckOwed ? " owed a check" : "");
    }

    @Override
    public String toString() {
        return id
                + " "
                + state
                + " match="
                + match
                + " next="
                + next
                + (state == State.SNAPSHOT ? " snapshot=" + snapshot : "")
                + (probeSent ? " paused" : "")
                + (inFlight.count() > 0 ? " inflight=" + inFlight.count() : "");
    }
}
