package dev.whitewater.raft;

import dev.whitewater.raft.message.AppendRequest;
import dev.whitewater.raft.message.AppendResponse;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.InstallSnapshot;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.PreVoteRequest;
import dev.whitewater.raft.message.PreVoteResponse;
import dev.whitewater.raft.message.ProposalRequest;
import dev.whitewater.raft.message.ReadIndexRequest;
import dev.whitewater.raft.message.ReadIndexResponse;
import dev.whitewater.raft.message.SnapshotMeta;
import dev.whitewater.raft.message.TimeoutNow;
import dev.whitewater.raft.message.VoteRequest;
import dev.whitewater.raft.message.VoteResponse;
import dev.whitewater.raft.progress.Progress;

import java.util.List;

/**
 * One member of a Raft group: messages, ticks and proposals in, {@link Ready} out. Does no I/O,
 * knows no clock and draws no randomness but from its {@link ElectionJitter}.
 *
 * <p>Contract: one thread at a time. After each call, or after a few, ask {@link #hasReady()} and
 * carry out what {@link #ready()} says. Messages in a Ready may be sent at once; what must be
 * durable first is held back until {@link #persisted}. After an {@link InvariantViolation} the
 * member is finished.
 */
public final class Raft implements RaftView {

    private final Member member;
    private final ElectionRules elections;
    private final TermGate gate;
    private final AppendRules appends;
    private final Replication replication;
    private final CommitRule commitRule;
    private final ReadIndex readIndex;
    private final Timers timers;
    private final Transitions transitions;
    private final MembershipRules memberships;
    private final TransferRules transfers;
    private final ProposalRules proposals;
    private final SnapshotRules snapshots;

    public Raft(RaftConfig config, Recovered recovered, ElectionJitter jitter, RaftRules rules) {
        ElectionTimer timer = new ElectionTimer(config.electionTicks(), jitter);
        member = new Member(config, recovered, timer, rules);
        commitRule = new CommitRule(member);
        readIndex = new ReadIndex(member, commitRule);
        transitions = new Transitions(member, readIndex);
        elections = new ElectionRules(member, transitions);
        gate = new TermGate(member, elections, transitions);
        appends = new AppendRules(member);
        replication = new Replication(member, commitRule);
        memberships = new MembershipRules(member, commitRule);
        transfers = new TransferRules(member);
        proposals = new ProposalRules(member);
        snapshots = new SnapshotRules(member);
        timers = new Timers(member, elections, replication, transitions, readIndex);
        timer.draw(0);
    }

    /** Where the reasons for decisions go from now on. */
    public void explainTo(ReasonSink reasons) {
        member.explainTo(reasons);
    }

    // ---- inputs

    /** Takes in a message that another member sent to this one. */
    public void step(Message message) {
        // Not Check.that, here and in follow: its text would be built for every message.
        if (!message.to().equals(member.self())) {
            throw new InvariantViolation(
                    "message-for-this-member",
                    "message for " + message.to() + " at " + member.self());
        }
        if (!gate.passes(message)) {
            return;
        }
        switch (message) {
            case PreVoteRequest request -> elections.handle(request);
            case PreVoteResponse response -> elections.handle(response);
            case VoteRequest request -> elections.handle(request);
            case VoteResponse response -> elections.handle(response);
            case AppendRequest request -> {
                follow(request.from());
                appends.handle(request);
            }
            case HeartbeatRequest request -> {
                follow(request.from());
                appends.handle(request);
            }
            case InstallSnapshot request -> {
                follow(request.from());
                snapshots.handle(request);
            }
            case TimeoutNow request -> elections.handle(request);
            case AppendResponse response -> handle(response);
            case HeartbeatResponse response -> handle(response);
            case ReadIndexRequest request -> readIndex.handle(request);
            case ReadIndexResponse response -> readIndex.handle(response);
            case ProposalRequest request -> proposals.handle(request);
        }
    }

    private void handle(AppendResponse response) {
        if (member.role() instanceof Leader leader) {
            replication.handle(leader, response);
        }
    }

    private void handle(HeartbeatResponse response) {
        if (member.role() instanceof Leader leader) {
            replication.handle(leader, response);
            readIndex.confirm(leader);
        }
    }

    /** {@code from} leads the present term: so it says, and only its leader says so. */
    private void follow(NodeId from) {
        switch (member.role()) {
            case Leader leader -> throw twoLeaders(self(), from);
            case Follower follower -> {
                if (follower.leader().isNone()) {
                    transitions.becomeFollower(from);
                } else if (!follower.leader().equals(from)) {
                    throw twoLeaders(follower.leader(), from);
                }
            }
            case PreCandidate candidate -> transitions.becomeFollower(from);
            case Candidate candidate -> transitions.becomeFollower(from);
        }
        member.heardFromLeader();
        member.timer().restart(member.now());
    }

    private InvariantViolation twoLeaders(NodeId one, NodeId other) {
        return new InvariantViolation(
                "one-leader-per-term",
                "term " + member.term() + " has leaders " + one + " and " + other);
    }

    /** Lets {@code ticks} ticks of time pass, at once. */
    public void advance(long ticks) {
        member.passTime(ticks);
        timers.run();
    }

    /** How many ticks from now something happens by itself; at least 1. */
    public long ticksToDeadline() {
        return Math.max(1, timers.nextDeadline() - member.now());
    }

    /** Proposes one command; see {@link #propose(List)}. */
    public ProposalResult propose(byte[] command) {
        return propose(List.of(command));
    }

    /**
     * Appends the commands to the leader's log, all or none. {@code Accepted} names the first; the
     * others follow it without a gap. The arrays are handed over.
     */
    public ProposalResult propose(List<byte[]> commands) {
        return proposals.propose(commands);
    }

    /** Starts an election now, as if the election timer had run out; a leader takes no notice. */
    public void campaign() {
        if (!(member.role() instanceof Leader)) {
            elections.timedOut();
        }
    }

    /**
     * This follower heard from elsewhere that its leader is gone: it is loyal to nobody any more,
     * so that a candidate need not wait for its timeout. With leases it takes no notice, since a
     * leader may still count on it (thesis §6.4.1).
     */
    public void forgetLeader() {
        if (member.role() instanceof Follower && !member.config().readLease().enabled()) {
            transitions.becomeFollower(NodeId.NONE);
        }
    }

    /**
     * Asks for an index at which a linearizable read may be served; the answer comes in {@link
     * Ready#reads}. Contexts are unique over the whole life of the member, restarts included: a
     * late answer to a question from before a crash must fit no question after it.
     */
    public void read(long context) {
        readIndex.ask(context);
    }

    /** Changes who belongs to the cluster; in force at once, for good when committed. */
    public ChangeResult changeMembership(List<MemberChange> changes, ChangeMode mode) {
        return memberships.change(changes, mode);
    }

    /** Leaves a joint configuration that does not leave by itself. */
    public ChangeResult leaveJoint() {
        return memberships.leaveJoint();
    }

    /** Hands leadership over to {@code to}, a voter. */
    public TransferResult transferLeadership(NodeId to) {
        return transfers.start(to);
    }

    /**
     * What a snapshot of the state machine after {@code index} carries; between {@link
     * #compactedIndex()} and {@link #applied()}.
     */
    public SnapshotMeta describeSnapshot(long index) {
        return snapshots.describe(index);
    }

    /** A snapshot is durable: followers that lag are given it from now on. */
    public void snapshotStored(SnapshotMeta snapshot) {
        snapshots.stored(snapshot);
    }

    /** Lets go of the entries up to {@code index}, at most the stored snapshot's. */
    public void compact(long index) {
        snapshots.compact(index);
    }

    /** The snapshot that {@code to} was to be given did not arrive. */
    public void reportSnapshotFailed(NodeId to) {
        if (member.role() instanceof Leader leader) {
            replication.snapshotFailed(leader, to);
        }
    }

    /** A message to {@code to} could not be sent. */
    public void reportUnreachable(NodeId to) {
        if (member.role() instanceof Leader leader) {
            replication.unreachable(leader, to);
        }
    }

    // ---- output

    /** Whether there is anything to do; work that was put off to be done in one go is done now. */
    public boolean hasReady() {
        doWhatIsDue();
        return member.outbox().hasSendable()
                || member.log().hasUnwritten()
                || member.hardStateChanged()
                || member.appliable() > member.applying()
                || member.hasReads();
    }

    /** Everything to do now. What it names is never named again. */
    public Ready ready() {
        doWhatIsDue();
        long number = member.numbers().handOut();
        Persist persist = takePersist(number);
        Restore restore = member.takeRestore();
        long from = member.applying() + 1;
        long to = member.lastToApply();
        List<Entry> committed = member.log().slice(from, to);
        member.applying(Math.max(member.applying(), to));
        Ready ready =
                new Ready(
                        number,
                        persist,
                        restore,
                        member.outbox().take(),
                        committed,
                        member.takeReads());
        ready.validate(member.log().durable());
        return ready;
    }

    private Persist takePersist(long number) {
        if (!member.hardStateChanged() && !member.log().hasUnwritten()) {
            return Persist.NOTHING;
        }
        // The commit index travels along with what must be written anyway; alone it is not worth a
        // write, since a member that lost it learns it again from the leader.
        HardState hardState = member.takeHardState();
        return new Persist(hardState, member.log().handOut(number), true);
    }

    /** A leader's rounds of reads and appends, batched over all inputs since the last Ready. */
    private void doWhatIsDue() {
        if (!(member.role() instanceof Leader leader) || !leader.takeDue()) {
            return;
        }
        commitRule.ownCopyMayHaveGrown(leader);
        transfers.maybeHandOver(leader);
        boolean stepsDown = memberships.afterCommit(leader);
        if (readIndex.maybeBeginRound(leader)) {
            replication.broadcastReadRound(leader);
        }
        replication.sendWhatIsDue(leader);
        if (stepsDown) {
            if (member.explains()) {
                member.because("steps down: not a voter of the committed configuration");
            }
            transitions.becomeFollower(NodeId.NONE);
        }
    }

    /** The Ready {@code number} and all before it are durable. */
    public void persisted(long number) {
        member.numbers().persisted(number);
        member.log().persisted(number);
        while (member.outbox().hasReleased(number)) {
            Message message = member.outbox().takeReleased();
            if (message.to().equals(member.self())) {
                step(message);
            } else {
                member.outbox().send(message);
            }
        }
        if (member.role() instanceof Leader leader) {
            commitRule.ownCopyMayHaveGrown(leader);
        }
    }

    /** The state machine carries the effect of every entry up to {@code index}. */
    public void applied(long index) {
        member.applied(index);
    }

    // ---- view

    /**
     * Everything that decides what this member does next, but for time and reads. Each line is one
     * fact and the order of lines means nothing; {@code #7} stands for the Ready of number 7.
     */
    public List<String> describe() {
        return member.describe();
    }

    /** The configuration in force here: the last one in the log, committed or not. */
    public Configuration configuration() {
        return member.membership().active();
    }

    /** The index of the entry that put {@link #configuration()} in force. */
    public long configurationIndex() {
        return member.membership().activeSince();
    }

    /** One line per follower: what this leader knows of it. Empty on who does not lead. */
    public List<String> describeProgress() {
        if (!(member.role() instanceof Leader leader)) {
            return List.of();
        }
        return leader.peers().stream().map(Progress::toString).toList();
    }

    @Override
    public NodeId self() {
        return member.self();
    }

    @Override
    public RoleKind role() {
        return member.roleKind();
    }

    @Override
    public long term() {
        return member.term();
    }

    @Override
    public NodeId votedFor() {
        return member.votedFor();
    }

    @Override
    public NodeId leader() {
        return member.leader();
    }

    @Override
    public long commit() {
        return member.commit();
    }

    @Override
    public long applied() {
        return member.applied();
    }

    @Override
    public long compactedIndex() {
        return member.log().compacted();
    }

    @Override
    public long lastIndex() {
        return member.log().last();
    }

    @Override
    public long durableIndex() {
        return member.log().durable();
    }

    @Override
    public long termAt(long index) {
        return member.log().termAt(index);
    }

    @Override
    public long matchIndex(NodeId peer) {
        if (!(member.role() instanceof Leader leader)) {
            return 0;
        }
        return leader.match(peer);
    }

    @Override
    public long confirmedRound(NodeId peer) {
        return member.role() instanceof Leader leader && leader.knows(peer)
                ? leader.progress(peer).confirmedRound()
                : 0;
    }

    @Override
    public long nextIndex(NodeId peer) {
        if (!(member.role() instanceof Leader leader)) {
            return 0;
        }
        if (peer.equals(member.self())) {
            return member.log().last() + 1;
        }
        return leader.knows(peer) ? leader.progress(peer).next() : 0;
    }

    @Override
    public long grantedRound() {
        return member.role() instanceof Leader leader ? leader.reads().granted() : 0;
    }

    @Override
    public long snapshotDeadline(NodeId peer) {
        return member.role() instanceof Leader leader && leader.knows(peer)
                ? leader.progress(peer).snapshotDeadline()
                : 0;
    }

    @Override
    public long uncommittedBytes() {
        return member.role() instanceof Leader leader ? leader.uncommitted().bytes() : 0;
    }

    @Override
    public NodeId handsOverTo() {
        return member.role() instanceof Leader leader ? leader.transfer().to() : NodeId.NONE;
    }

    @Override
    public long tick() {
        return member.now();
    }

    @Override
    public long electionDeadline() {
        return member.timer().deadline();
    }

    @Override
    public boolean countsVoteOf(NodeId voter) {
        return switch (member.role()) {
            case Candidate candidate -> candidate.votes().hasGranted(voter);
            case PreCandidate candidate -> candidate.votes().hasGranted(voter);
            case Leader leader -> false;
            case Follower follower -> false;
        };
    }

    @Override
    public long readLeaseDeadline() {
        return member.role() instanceof Leader leader ? readIndex.leaseDeadline(leader) : 0;
    }
}
