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
    SERVED_WITH_LINKS_CUT("served-with-links-cut");

    private final String text;

    Probe(String text) {
        this.text = text;
    }

    /** Its name in summaries. */
    public String text() {
        return text;
    }
}
