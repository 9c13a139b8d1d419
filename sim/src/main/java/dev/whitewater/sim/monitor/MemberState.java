package dev.whitewater.sim.monitor;

import dev.whitewater.raft.RaftView;
import dev.whitewater.raft.RoleKind;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.StateChange.Field;
import dev.whitewater.store.Store;

/**
 * A member's state after the last event that concerned it, and before: read once per event, for all
 * monitors and for the trace. It lives as long as the run; each process of the member begins with
 * {@link #opened}.
 */
public final class MemberState {

    private final int number;
    private final NodeId id;
    private final DurableLog durable = new DurableLog();

    private boolean up;
    private boolean checkQuorum;
    private boolean readLease;
    private boolean stopping;
    private RaftView raft = NoRaft.INSTANCE;
    private Store store = new Store();

    RoleKind role = RoleKind.FOLLOWER;
    long term;
    NodeId vote = NodeId.NONE;
    NodeId leader = NodeId.NONE;
    long commit;
    long applied;
    long last;
    long stable;

    RoleKind roleBefore = RoleKind.FOLLOWER;
    long termBefore;
    NodeId voteBefore = NodeId.NONE;
    long commitBefore;
    long appliedBefore;
    long lastBefore;
    long lastTermBefore;
    long stableBefore;
    private long lastTerm;
    private long lastInLifeBefore;

    public MemberState(int number) {
        this.number = number;
        this.id = new NodeId(number);
    }

    public int number() {
        return number;
    }

    public NodeId id() {
        return id;
    }

    /** Whether its process runs and has recovered. */
    public boolean isUp() {
        return up;
    }

    public RaftView raft() {
        return raft;
    }

    public Store store() {
        return store;
    }

    public DurableLog durable() {
        return durable;
    }

    public RoleKind role() {
        return role;
    }

    public long term() {
        return term;
    }

    public long commit() {
        return commit;
    }

    public long applied() {
        return applied;
    }

    public long last() {
        return last;
    }

    public boolean isLeader() {
        return up && role == RoleKind.LEADER;
    }

    /** What the process that starts now was told to do. */
    public void told(boolean newCheckQuorum, boolean newReadLease) {
        checkQuorum = newCheckQuorum;
        readLease = newReadLease;
        stopping = false;
    }

    /** The process was asked to end, and takes nothing in any more. */
    public void stopping() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether its process steps down when it hears no quorum, and is loyal to who hears one. */
    boolean hasCheckQuorum() {
        return checkQuorum;
    }

    boolean hasReadLease() {
        return readLease;
    }

    /** The last index of its log when its process before this one ended. */
    long lastInLifeBefore() {
        return lastInLifeBefore;
    }

    /** Whether it leads, or led this very term until the last event, as one that leaves does. */
    boolean led() {
        return isLeader() || (up && roleBefore == RoleKind.LEADER && term == termBefore);
    }

    /** Whether the last event left role, term, vote, log or state machine other than they were. */
    boolean hasChanged() {
        return role != roleBefore
                || term != termBefore
                || commit != commitBefore
                || applied != appliedBefore
                || last != lastBefore
                || lastTerm != lastTermBefore
                || stable != stableBefore
                || vote.value() != voteBefore.value();
    }

    /** A process has recovered; its state is the first of this incarnation. */
    public void opened(RaftView newRaft, Store newStore, Journal journal) {
        raft = newRaft;
        store = newStore;
        up = true;
        lastInLifeBefore = last;
        read(journal);
        roleBefore = role;
        termBefore = term;
        voteBefore = vote;
        commitBefore = commit;
        appliedBefore = applied;
        lastBefore = last;
        lastTermBefore = lastTerm;
        stableBefore = stable;
    }

    /** The process is gone, and its memory with it. */
    public void closed(Journal journal) {
        up = false;
        raft = NoRaft.INSTANCE;
        if (role != RoleKind.FOLLOWER) {
            role = RoleKind.FOLLOWER;
            journal.change(StateChange.of(role));
        }
    }

    /** Reads the state after an event; what differs goes to the journal. */
    public void refresh(Store newStore, Journal journal) {
        // A snapshot from a leader replaces it.
        store = newStore;
        refresh(journal);
    }

    void refresh(Journal journal) {
        roleBefore = role;
        termBefore = term;
        voteBefore = vote;
        commitBefore = commit;
        appliedBefore = applied;
        lastBefore = last;
        lastTermBefore = lastTerm;
        stableBefore = stable;
        read(journal);
    }

    private void read(Journal journal) {
        RoleKind newRole = raft.role();
        if (newRole != role) {
            role = newRole;
            journal.change(StateChange.of(newRole));
        }
        if (raft.term() != term) {
            term = raft.term();
            journal.change(Field.TERM, term);
        }
        readNames(journal);
        if (raft.commit() != commit) {
            commit = raft.commit();
            journal.change(Field.COMMIT, commit);
        }
        if (raft.applied() != applied) {
            applied = raft.applied();
            journal.change(Field.APPLIED, applied);
        }
        if (raft.lastIndex() != last) {
            last = raft.lastIndex();
            journal.change(Field.LAST, last);
        }
        long newLastTerm = raft.termAt(last);
        if (newLastTerm != lastTerm) {
            lastTerm = newLastTerm;
            journal.change(Field.LAST_TERM, lastTerm);
        }
        if (raft.durableIndex() != stable) {
            stable = raft.durableIndex();
            journal.change(Field.DURABLE, stable);
        }
    }

    private void readNames(Journal journal) {
        NodeId newVote = raft.votedFor();
        if (!newVote.equals(vote)) {
            vote = newVote;
            journal.change(Field.VOTE, newVote.value());
        }
        NodeId newLeader = raft.leader();
        if (!newLeader.equals(leader)) {
            leader = newLeader;
            journal.change(Field.LEADER, newLeader.value());
        }
    }

    @Override
    public String toString() {
        return "n" + number;
    }
}
