package dev.whitewater.sim;

/**
 * An interesting situation that a swarm must meet somewhere, or its silence means nothing
 * ("sometimes assertions"). Counted in every run; a build fails when one goes dark.
 */
public enum Probe {
    LEADER_CRASHED_MID_APPEND("leader-crashed-mid-append"),
    LEADER_DEPOSED("leader-deposed"),
    LEADER_RESIGNED("leader-resigned"),
    LEADER_LEFT_CLUSTER("leader-left-cluster"),
    TWO_LEADERS_AT_ONCE("two-leaders-at-once"),
    CANDIDATE_TRIED_AGAIN("candidate-tried-again"),
    VOTE_REFUSED("vote-refused"),
    PRE_VOTE_REFUSED("pre-vote-refused"),
    VOTE_BY_TRANSFER("vote-by-transfer"),
    APPEND_REFUSED("append-refused"),
    APPEND_SPLIT("append-split"),
    LOG_TRUNCATED("log-truncated"),
    LOG_COMPACTED("log-compacted"),
    OLD_TERM_COMMITTED("old-term-committed"),
    TAIL_LOST_IN_CRASH("tail-lost-in-crash"),
    RESTARTED_WITH_SNAPSHOT("restarted-with-snapshot"),
    SNAPSHOT_INSTALLED("snapshot-installed"),
    SNAPSHOT_CHUNK_SENT("snapshot-chunk-sent"),
    JOINT_CONFIGURATION("joint-configuration"),
    LEARNER("learner"),
    SINGLE_VOTER("single-voter"),
    READ_ASKED_BY_FOLLOWER("read-asked-by-follower"),
    READ_REFUSED("read-refused"),
    WRITE_UNKNOWN("write-unknown"),
    WRITE_TORN("write-torn"),
    STOPPED_BY_DEVICE("stopped-by-device"),
    STOPPED_BY_DAMAGE("stopped-by-damage"),
    KILLED_WITH_UNSYNCED_BYTES("killed-with-unsynced-bytes"),
    SEGMENT_BEGUN("segment-begun"),
    SERVED_WITH_LINKS_CUT("served-with-links-cut"),
    WATCH_PROGRESS_TOLD("watch-progress-told"),
    WATCH_COMPACTED("watch-compacted"),
    WATCH_OVERTAKEN_BY_COMPACTION("watch-overtaken-by-compaction"),
    WATCH_OVER_SNAPSHOT("watch-over-snapshot"),
    WATCH_RESUMED_ELSEWHERE("watch-resumed-elsewhere"),
    WATCHER_FELL_BEHIND("watcher-fell-behind"),
    LEASE_EXPIRED("lease-expired"),
    LEASE_EXTENDED_BY_NEW_LEADER("lease-extended-by-new-leader"),
    LEASE_KEPT("lease-kept"),
    LEASE_KEPT_OVER_LEADER_CHANGE("lease-kept-over-leader-change"),
    LEASE_RENEWED_TOO_LATE("lease-renewed-too-late"),
    LEASE_CHECKPOINT_TAKEN_UP("lease-checkpoint-taken-up"),
    LEASE_CHECKPOINT_CLEARED("lease-checkpoint-cleared"),
    PERMISSION_REFUSED("permission-refused"),
    AUTH_CHANGED_UNDER_WAY("auth-changed-under-way"),
    READ_BY_PERMISSION("read-by-permission"),
    WATCH_FORBIDDEN("watch-forbidden"),
    WATCH_ENDED_BY_PERMISSION("watch-ended-by-permission"),
    LOCK_HELD("lock-held"),
    LOCK_CONTENDED("lock-contended"),
    LOCK_LOST_BY_EXPIRY("lock-lost-by-expiry"),
    TXN_TOOK_OTHER_SIDE("txn-took-other-side"),
    REFUSED_FOR_WANT_OF_SPACE("refused-for-want-of-space");

    private final String text;

    Probe(String text) {
        this.text = text;
    }

    /** Its name in summaries. */
    public String text() {
        return text;
    }
}
