package dev.whitewater.raft;

/**
 * The decisions on which Raft's safety hangs, one method each, named after the rule and with its
 * source. The core calls them where the rule applies and holds no second copy.
 *
 * <p>This class is the honest answer to each. The bug catalogue overrides single methods to plant a
 * known bug; with none planted no subclass is loaded and the calls cost nothing.
 */
public class RaftRules {

    public static final RaftRules HONEST = new RaftRules();

    /** Whether this member keeps {@code rule}. */
    public boolean keeps(Rule rule) {
        return true;
    }

    /** A vote leaves only when it can survive a crash (thesis §3.8). */
    public boolean voteWaitsForDisk() {
        return true;
    }

    /**
     * An acknowledged entry can survive a crash, the leader's own copy included (thesis §3.8,
     * §10.2.1).
     */
    public boolean acknowledgementWaitsForDisk() {
        return true;
    }

    /**
     * Only entries of the leader's own term are committed by counting replicas (thesis §3.6.2,
     * figure 3.7).
     */
    public boolean commitsByCounting(long entryTerm, long leaderTerm) {
        return entryTerm == leaderTerm;
    }

    /**
     * A leader answers a read only after a quorum confirmed, later than the question, that it leads
     * (thesis §6.4).
     */
    public boolean readWaitsForQuorum() {
        return true;
    }

    /**
     * A follower removes entries only where they conflict with the leader's; an old, reordered
     * request that ends before the log does removes nothing (thesis figure 3.1, AppendEntries step
     * 3).
     */
    public boolean truncatesWithoutConflict() {
        return false;
    }
}
