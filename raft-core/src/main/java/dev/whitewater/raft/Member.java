package dev.whitewater.raft;

import dev.whitewater.raft.log.RaftLog;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.quorum.Majority;
import dev.whitewater.raft.quorum.Quorum;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of one member that all rules share: term, vote, role, log, time, and what waits to
 * leave. It decides nothing; the rules are in {@link ElectionRules}, {@link Replication}, {@link
 * CommitRule} and {@link ReadIndex}.
 *
 * <p>Invariants: the term never falls; the vote changes only from none, or with the term; {@code
 * applied <= handed out to apply <= commit <= last}.
 */
final class Member {

    private final RaftConfig config;
    private final RaftRules rules;
    private final RaftLog log;
    private final Membership membership;
    private final ElectionTimer timer;
    private final ReadyNumbers numbers = new ReadyNumbers();
    private final Outbox outbox = new Outbox();
    private final ArrayList<ReadResult> reads = new ArrayList<>();
    private ReasonSink reasons = ReasonSink.NONE;

    private long now;
    private long term;
    private NodeId votedFor;
    private Role role;
    private RoleKind roleKind;
    private NodeId leader;
    private long commit;
    private long applied;
    private long applying;

    /** The Ready that carries the newest change of term or vote. */
    private long hardStateNumber;

    private boolean hardStateChanged;
    private SnapshotMeta snapshot;
    private final boolean hasHistory;
    private Restore restore = Restore.NONE;
    private long lastLeaderContact = Long.MIN_VALUE / 2;

    Member(RaftConfig config, Recovered recovered, ElectionTimer timer, RaftRules rules) {
        this.config = config;
        this.rules = rules;
        this.timer = timer;
        this.snapshot = recovered.snapshot();
        this.log = new RaftLog(snapshot.last(), recovered.entries());
        this.membership =
                new Membership(
                        snapshot.index(),
                        snapshot.isNone()
                                ? Configuration.of(config.voters())
                                : snapshot.configuration());
        recovered.entries().forEach(membership::appended);
        this.term = recovered.hardState().term();
        this.votedFor = recovered.hardState().votedFor();
        this.commit =
                Math.max(
                        Math.max(recovered.hardState().commit(), snapshot.index()),
                        recovered.applied());
        this.applied = recovered.applied();
        this.applying = applied;
        role(Follower.of(NodeId.NONE));
        this.hasHistory = term > 0;
        Check.atMost("recovered-term", log.lastId().term(), term);
        Check.atMost("recovered-commit", commit, log.last());
        Check.atMost("recovered-applied", snapshot.index(), applied);
    }

    NodeId self() {
        return config.self();
    }

    RaftConfig config() {
        return config;
    }

    RaftRules rules() {
        return rules;
    }

    RaftLog log() {
        return log;
    }

    Membership membership() {
        return membership;
    }

    Quorum quorum() {
        return membership.quorum();
    }

    /** What a quorum has reached; if {@code onlyVoters} is broken, a majority of all members. */
    long reached(Rule onlyVoters, Majority.Reached reached) {
        return rules.keeps(onlyVoters)
                ? quorum().reached(reached)
                : new Majority(membership.active().members()).reached(reached);
    }

    ElectionTimer timer() {
        return timer;
    }

    ReadyNumbers numbers() {
        return numbers;
    }

    Outbox outbox() {
        return outbox;
    }

    long now() {
        return now;
    }

    /** Whether this member took part before it was started. */
    boolean hasHistory() {
        return hasHistory;
    }

    /** When any leader was last heard, in whatever term. */
    long lastLeaderContact() {
        return lastLeaderContact;
    }

    void heardFromLeader() {
        lastLeaderContact = now;
    }

    void passTime(long ticks) {
        Check.atMost("time-passes", 0, ticks);
        now += ticks;
    }

    // ---- term, vote, role

    long term() {
        return term;
    }

    NodeId votedFor() {
        return votedFor;
    }

    /** A new term begins without a vote; what was promised in the old one need not leave. */
    void enterTerm(long newTerm) {
        Check.below("term-rises", term, newTerm);
        term = newTerm;
        votedFor = NodeId.NONE;
        outbox.dropHeld();
        hardStateChanges();
    }

    void voteFor(NodeId candidate) {
        Check.that(
                votedFor.isNone() || votedFor.equals(candidate),
                "one-vote-per-term",
                "voted for " + votedFor + " in term " + term + ", now for " + candidate);
        if (votedFor.isNone()) {
            votedFor = candidate;
            hardStateChanges();
        }
    }

    /** Only a planted bug has a use for this. */
    void forgetVote() {
        votedFor = NodeId.NONE;
    }

    private void hardStateChanges() {
        hardStateChanged = true;
        hardStateNumber = numbers.next();
    }

    boolean hardStateChanged() {
        return hardStateChanged;
    }

    /** The hard state as the next Ready carries it. */
    HardState takeHardState() {
        hardStateChanged = false;
        // Only what is durable: recovery never finds a commit index beyond its log.
        return new HardState(term, votedFor, Math.min(commit, log.durable()));
    }

    Role role() {
        return role;
    }

    void role(Role newRole) {
        role = newRole;
        roleKind = newRole.kind();
        leader = newRole.leader();
    }

    /** The role's kind, which is asked for too often to ask the role. */
    RoleKind roleKind() {
        return roleKind;
    }

    /** The leader that the role knows, likewise. */
    NodeId leader() {
        return leader;
    }

    // ---- log

    /** Appends, and puts a configuration in force at once (thesis §4.1). */
    void append(Entry entry) {
        log.append(entry);
        membership.appended(entry);
    }

    void truncateAfter(long index) {
        Check.atMost("committed-entries-stay", commit, index);
        log.truncateAfter(index);
        if (rules.keeps(Rule.CONFIGURATION_GOES_WITH_ITS_ENTRY)) {
            membership.truncatedAfter(index);
        }
    }

    /** Each line is a fact, the order of lines none; {@code #7} is the Ready of number 7. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("self " + self() + " term " + term + " vote " + votedFor);
        lines.add("hard state in #" + hardStateNumber + (hardStateChanged ? " changed" : ""));
        lines.add("commit " + commit + " applied " + applied + " applying " + applying);
        lines.add(log.describe());
        lines.addAll(outbox.describe());
        lines.add("configuration " + membership.active() + " since " + membership.activeSince());
        lines.add(snapshot + (restore.isEmpty() ? "" : " restoring"));
        lines.add("role " + role.kind() + " leader " + role.leader());
        switch (role) {
            case Follower follower -> {}
            case PreCandidate candidate -> lines.addAll(candidate.votes().describe());
            case Candidate candidate -> lines.addAll(candidate.votes().describe());
            case Leader leader -> lines.addAll(leader.describe());
        }
        return lines;
    }

    /** The newest durable snapshot, or the one that is being restored. */
    SnapshotMeta snapshot() {
        return snapshot;
    }

    void snapshot(SnapshotMeta newer) {
        snapshot = newer;
    }

    /** Replaces log, configuration and state machine. */
    void restore(SnapshotMeta newer) {
        log.reset(newer.last(), commit);
        membership.reset(newer.index(), newer.configuration());
        snapshot = newer;
        restore = new Restore(newer);
        commit = newer.index();
        applying = newer.index();
        if (!rules.keeps(Rule.SNAPSHOT_LEAVES_THE_TERM)) {
            term = newer.last().term();
            hardStateChanges();
        }
    }

    Restore takeRestore() {
        Restore taken = restore;
        restore = Restore.NONE;
        return taken;
    }

    // ---- commit and apply

    long commit() {
        return commit;
    }

    void commit(long index) {
        Check.below("commit-rises", commit, index);
        Check.atMost("commit-within-log", index, log.last());
        commit = index;
    }

    long applied() {
        return applied;
    }

    void applied(long index) {
        Check.atMost("applied-was-handed-out", index, applying);
        Check.atMost("applied-rises", applied, index);
        applied = index;
    }

    /** The last index handed out to the state machine. */
    long applying() {
        return applying;
    }

    /** Only durable entries are applied: no recovery meets a store ahead of its log. */
    long appliable() {
        return Math.min(commit, log.durable());
    }

    /** How far the next Ready hands out: one Ready carries no more bytes than the limit. */
    long lastToApply() {
        long to = appliable();
        long limit = config.limits().maxBytesPerApply();
        return limit == Long.MAX_VALUE || applying >= to
                ? to
                : log.lastWithin(applying + 1, to, limit);
    }

    void applying(long index) {
        applying = index;
    }

    // ---- what leaves

    /** Sends once the sender's term and vote are durable. */
    void send(Message message) {
        sendAfter(message, hardStateNumber);
    }

    /** Sends at once, durable or not. Only a planted bug has a use for this. */
    void sendCarelessly(Message message) {
        outbox.send(message);
    }

    /** Sends once the Ready {@code number} and the sender's term and vote are durable. */
    void sendAfter(Message message, long number) {
        long needed = Math.max(number, hardStateNumber);
        if (needed <= numbers.persisted()) {
            outbox.send(message);
        } else {
            outbox.hold(message, needed);
        }
    }

    void answer(ReadResult result) {
        reads.add(result);
    }

    boolean hasReads() {
        return !reads.isEmpty();
    }

    List<ReadResult> takeReads() {
        List<ReadResult> taken = Copies.of(reads);
        reads.clear();
        return taken;
    }

    // ---- reasons

    void explainTo(ReasonSink sink) {
        reasons = sink;
    }

    boolean explains() {
        return reasons.enabled();
    }

    void because(String reason) {
        reasons.because(reason);
    }
}
