package dev.whitewater.raft;

/**
 * Rules that the core keeps in one place each, and asks {@link RaftRules#keeps} about there: with a
 * known bug planted it breaks one of them.
 */
public enum Rule {
    // ---- elections

    /** Only votes for the present term are counted (thesis §3.4). */
    VOTES_COUNT_IN_THEIR_TERM,
    /** A vote is forgotten with its term only (thesis figure 3.1). */
    VOTE_STAYS_IN_ITS_TERM,
    /** A vote goes to logs at least as up-to-date as the voter's (thesis §3.6.1). */
    VOTER_COMPARES_LOGS,
    /** Whoever is asked votes, a voter by its own lights or not (thesis §4.2.2). */
    LEARNER_VOTES_WHEN_ASKED,
    /** A member that hears its leader leaves it for no candidate (thesis §4.2.3). */
    LOYAL_TO_LIVE_LEADER,
    /** A leader that hears no quorum steps down (thesis §6.2). */
    LEADER_HEARS_A_QUORUM,
    /** Only voters count when a leader asks whether it is heard (thesis §4.2.1, §6.2). */
    ONLY_VOTERS_KEEP_A_LEADER,
    /** Pre-votes and answers to them may speak of lower terms (thesis §9.6). */
    PRE_VOTES_CROSS_TERMS,

    // ---- replication and commit

    /** An empty append is compared with the log like any other (thesis figure 3.1). */
    EMPTY_APPENDS_ARE_COMPARED,
    /** What was acknowledged in another term is no match in this one (thesis §3.3). */
    ACKNOWLEDGEMENTS_COUNT_IN_THEIR_TERM,
    /** A match is what the follower named, not what was sent to it (thesis §3.5). */
    MATCH_IS_WHAT_WAS_NAMED,
    /** A refusal matches nothing (thesis §3.5). */
    REFUSAL_IS_NO_MATCH,
    /** An append that may be lost is repeated (thesis §3.5). */
    LOST_APPENDS_ARE_REPEATED,
    /** The leader's own copy counts when it is durable (thesis §10.2.1). */
    OWN_COPY_COUNTS_WHEN_DURABLE,
    /** Learners have no say in what is committed (thesis §4.2.1). */
    ONLY_VOTERS_COMMIT,
    /** A joint configuration commits with both of its halves (thesis §4.3). */
    BOTH_HALVES_COMMIT,
    /** The entry before a leader's first is not committed by counting (thesis §3.6.2). */
    PREDECESSORS_LAST_IS_NOT_COUNTED,
    /** Entries of earlier terms are committed together with one of the own (thesis §3.6.2). */
    OWN_ENTRY_COMMITS_EARLIER_ONES,
    /** What is committed is not in flight any more. */
    COMMITTED_BYTES_ARE_GIVEN_BACK,

    // ---- reads

    /** Reads wait until the leader knows what its predecessors committed (thesis §6.4). */
    READS_WAIT_FOR_OWN_COMMIT,
    /** Only voters confirm rounds of reads (thesis §4.2.1, §6.4). */
    ONLY_VOTERS_CONFIRM_READS,

    // ---- membership

    /** A leader changes nothing before it has committed an entry of its term (thesis §4.1). */
    CHANGES_WAIT_FOR_OWN_COMMIT,
    /** One change at a time (thesis §4.1). */
    ONE_CHANGE_AT_A_TIME,
    /** A configuration that is cut off the log is out of force (thesis §4.1). */
    CONFIGURATION_GOES_WITH_ITS_ENTRY,
    /** Who has no vote does not campaign (thesis §4.2.1). */
    ONLY_VOTERS_CAMPAIGN,
    /** Leadership is not handed to who has no vote (thesis §3.10, §4.2.1). */
    ONLY_VOTERS_TAKE_OVER,
    /** A leader that was removed leads no longer than its removal takes (thesis §4.2.2). */
    REMOVED_LEADER_STEPS_DOWN,
    /** A joint configuration is left when it is committed, not before (thesis §4.3). */
    JOINT_IS_LEFT_WHEN_COMMITTED,

    // ---- snapshots

    /** A snapshot carries both halves of a joint configuration (thesis §5.1, §4.3). */
    SNAPSHOT_CARRIES_BOTH_HALVES,
    /** A snapshot does not change the term of who takes it in (thesis §5.1, figure 3.1). */
    SNAPSHOT_LEAVES_THE_TERM,
    /** A log holds what a snapshot stands for if it has its last entry, term included. */
    SNAPSHOT_IS_COMPARED_BY_TERM,
    /** The wait for a follower to take in a snapshot ends (thesis §5.3). */
    SNAPSHOT_WAIT_ENDS
}
