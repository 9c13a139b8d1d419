package dev.whitewater.sim.monitor;

import dev.whitewater.node.AppliedView;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.HeartbeatResponse;
import dev.whitewater.raft.message.Message;
import dev.whitewater.sim.disk.SimulatedDisk;
import dev.whitewater.store.Range;
import dev.whitewater.store.Request;
import dev.whitewater.store.Response;

import java.util.ArrayList;
import java.util.List;

/**
 * All monitors, called after every event with what may have changed. Each is O(1) per event,
 * amortised over entries; a broken statement comes out as a {@link Finding}.
 *
 * <p>Within one event the order is that of cause and effect, so that the finding names the rule
 * that was broken first and not one that fell with it: disks, promises, elections, logs, commits,
 * states.
 */
public final class Monitors {

    /**
     * Operations of clients have smaller numbers, those of the operator this one or larger ones.
     */
    public static final int FIRST_OF_OPERATOR = 1 << 30;

    private final List<MemberState> members;
    private final List<DiskWatch> disks = new ArrayList<>();

    private final ElectionSafety electionSafety = new ElectionSafety();
    private final OneVote oneVote = new OneVote();
    private final TermOrder termOrder = new TermOrder();
    private final LeaderAppendOnly appendOnly = new LeaderAppendOnly();
    private final IndexOrder indexOrder = new IndexOrder();
    private final ReplacedLog replaced = new ReplacedLog();
    private final DurableBeforePromise promises = new DurableBeforePromise();
    private final OwedVotes owedVotes = new OwedVotes();
    private final CountedVotes countedVotes = new CountedVotes();
    private final ElectionTimers timers = new ElectionTimers();
    private final ReadFloor readFloor = new ReadFloor();
    private final ReadQuestions questions = new ReadQuestions();
    private final ExactlyOnce exactlyOnce = new ExactlyOnce();
    private final Revisions revisions;
    private final Situations situations;
    private final Configurations configurations;
    private final CommittedOnQuorum quorum;
    private final AcknowledgementTruth acknowledgements;
    private final AnsweredAppends appends;
    private final ReadConfirmation confirmations;
    private final Patience patience;
    private final StableLeader stableLeader;
    private final ReadLeases readLeases;
    private final RestartedVoters restarted;
    private final StuckMarks stuckMarks;
    private final LeaderCompleteness completeness;
    private final StateMachineSafety stateMachine;
    private final ReplicaDeterminism replicas;
    private final Answers answers;
    private final WatchPromises watches;
    private final LeasePromises leases;
    private final LockPromises locks;
    private final ReferenceModel model;
    private final Access access;

    /**
     * How long members wait for a leader, how finely they measure time, how many ticks of its own
     * clock a leader may count on what it heard of the others, and how often it notes what leases
     * have left, if that can be relied on; 0 if not.
     */
    public record Pace(
            long electionTimeoutNanos, long tickNanos, long leaseTicksMost, long leaseNotesNanos) {}

    public Monitors(
            List<MemberState> members,
            List<SimulatedDisk> simulatedDisks,
            LeasePromises.Clocks clocks,
            Pace pace) {
        long electionTimeoutNanos = pace.electionTimeoutNanos();
        this.members = List.copyOf(members);
        EntryBook book = new EntryBook();
        EntryIdentity identity = new EntryIdentity(book);
        CommittedLog committed = new CommittedLog();
        revisions = new Revisions(members.size());
        situations = new Situations(this.members);
        configurations = new Configurations(committed, members.size(), situations);
        for (int i = 0; i < members.size(); i++) {
            disks.add(
                    new DiskWatch(
                            members.get(i),
                            simulatedDisks.get(i),
                            identity,
                            committed,
                            configurations));
        }
        quorum = new CommittedOnQuorum(this.members, configurations);
        acknowledgements = new AcknowledgementTruth(this.members, configurations);
        appends = new AnsweredAppends(members.size());
        confirmations = new ReadConfirmation(committed, configurations, members.size());
        patience = new Patience(clocks, members.size(), electionTimeoutNanos);
        stableLeader = new StableLeader(patience, configurations, members.size());
        readLeases = new ReadLeases(this.members, patience, pace);
        restarted = new RestartedVoters(members.size(), pace);
        stuckMarks = new StuckMarks(patience, members.size());
        completeness = new LeaderCompleteness(committed, this.members);
        stateMachine = new StateMachineSafety(committed, completeness, members.size());
        leases = new LeasePromises(clocks, situations, members.size(), pace);
        access = new Access(situations);
        model = new ReferenceModel(committed, book, leases, access);
        locks = new LockPromises(model.truth(), situations);
        replicas = new ReplicaDeterminism(model);
        answers = new Answers(model.truth());
        watches = new WatchPromises(model.truth(), access, situations);
    }

    public long leaderChanges() {
        return electionSafety.leaderChanges();
    }

    /** The newest revision that a committed command made. */
    public long revision() {
        return model.truth().revision();
    }

    /** How often the log changed users and roles. */
    public long authRevision() {
        return model.authRevision();
    }

    /** The committed command that made a revision, which isn't the first. */
    public Request maker(long revision) {
        return model.maker(revision);
    }

    /** What is promised to those who hold leases. */
    public LeasePromises leases() {
        return leases;
    }

    /** What is promised to those who take locks. */
    public LockPromises locks() {
        return locks;
    }

    /** What is promised to those who watch. */
    public WatchPromises watches() {
        return watches;
    }

    /** What the run came into so far. */
    public Situations situations() {
        return situations;
    }

    public ReadFloor readFloor() {
        return readFloor;
    }

    /** A disk command of the member is done, or its process died. */
    public void diskChanged(MemberState member) {
        disks.get(member.number() - 1).look();
    }

    /** The member puts a message on the wire. */
    public void sent(MemberState sender, Frame frame) {
        if (isHeartbeat(frame)) {
            termOrder.sent(sender, frame);
            confirmations.sentHeartbeat(sender, frame);
            return;
        }
        if (frame instanceof Frame.Core(Message message)) {
            oneVote.sent(sender, message);
            promises.sent(sender, message);
            appends.sent(sender, message);
            configurations.sent(sender, message);
            questions.sent(sender, message);
            confirmations.sent(sender, message);
            owedVotes.sent(sender, message);
            stableLeader.sent(sender, message);
            readLeases.sent(sender, message);
        } else if (frame instanceof Frame.Chunk chunk) {
            configurations.sent(sender, chunk.snapshot());
        }
        termOrder.sent(sender, frame);
        situations.sent(frame);
    }

    /** Most of what is said; all it promises is that its term is durable. */
    private static boolean isHeartbeat(Frame frame) {
        return frame instanceof Frame.Core(Message message)
                && (message instanceof HeartbeatRequest || message instanceof HeartbeatResponse);
    }

    /** The member is about to handle a message. */
    public void delivering(MemberState member, Frame frame) {
        stateMachine.delivering(member, frame);
        confirmations.delivering(frame);
        acknowledgements.delivering(member, frame.term());
        appends.delivering(member, frame);
        stableLeader.delivering(member, frame);
        owedVotes.delivering(member, frame);
        restarted.delivering(member, frame);
        countedVotes.delivering(member, frame);
        timers.delivering(member, frame);
        stuckMarks.delivering(frame);
    }

    /**
     * The member has handled an event; {@code peer} sent it, or is 0. Most events leave the member
     * as it was, and many monitors judge nothing but how it changed.
     */
    public void after(MemberState member, int peer, NodeView node) {
        boolean changed = member.hasChanged();
        configurations.after(member, node.configuration());
        if (changed && electionSafety.after(member)) {
            configurations.elected(member, oneVote);
            readLeases.elected(member);
        }
        readLeases.after(member);
        restarted.after(member);
        countedVotes.after(member);
        timers.after(member);
        configurations.leads(member);
        if (changed) {
            termOrder.after(member);
            oneVote.after(member);
            promises.after(member);
        }
        owedVotes.after(member);
        if (member.isLeader()) {
            patience.turned(member.number());
        }
        stableLeader.after(member, peer);
        if (changed) {
            leases.after(member, node);
            appendOnly.after(member);
            completeness.after(member);
        }
        if (member.isLeader()) {
            leads(member, peer);
        }
        indexOrder.after(member);
        states(member, node.applied(), changed);
        situations.after(member, node);
    }

    private void leads(MemberState leader, int peer) {
        if (peer > 0) {
            acknowledgements.after(leader, peer);
        }
        confirmations.after(leader);
        stuckMarks.after(leader, peer);
    }

    private void states(MemberState member, AppliedView applied, boolean changed) {
        replaced.after(member, applied);
        if (changed) {
            quorum.after(member);
        }
        stateMachine.after(member);
        if (changed) {
            replicas.after(member, applied);
        }
        exactlyOnce.after(applied);
        leases.settled();
        answers.after();
        access.after();
        watches.after();
        if (changed) {
            revisions.after(member);
        }
    }

    /** The power fails while the member handles an event: what it has committed by now counts. */
    public void interrupted(MemberState member, NodeView node) {
        configurations.after(member, node.configuration());
        quorum.after(member);
        stateMachine.after(member);
    }

    /** The member's process has read its disk and begins to take part. */
    public void recovered(MemberState member) {
        situations.recovered(member, member.lastInLifeBefore());
        termOrder.recovered(member);
        owedVotes.recovered();
        restarted.recovered(member);
        countedVotes.recovered();
        timers.recovered();
        replicas.recovered(member);
        promises.recovered(member);
        stateMachine.recovered(member);
        revisions.recovered(member);
    }

    /**
     * The member refuses its disk as damaged, though no fault of the plan damages durable bytes.
     */
    public Finding damaged(MemberState member, String how) {
        return new Finding("M16", "fail-stop", member + " can't start again: " + how);
    }

    /** The member tells a client that its write happened, and at which revision. */
    public void answered(MemberState member, long request, long revision) {
        promises.answered(member, revision);
        exactlyOnce.done(request);
    }

    /** The same of a write that another member proposed, under a name of its own. */
    public void answeredForwarded(MemberState member, long revision) {
        promises.answered(member, revision);
    }

    /** The member answers a question about keys. */
    public void answered(MemberState member, Question question, Response response) {
        answers.told(member.number(), question, response);
        if (question.operation() instanceof Range range && !question.reader().isMember()) {
            access.shows(member, question.reader(), range, response);
        }
    }

    /** The member's process ends, perhaps in the middle of an event. */
    public void ends(MemberState member) {
        situations.ends(member);
        access.ends();
        watches.ends();
        exactlyOnce.ends();
    }

    /** A member tells a client that its write did not happen. */
    public void refused(long request) {
        exactlyOnce.refused(request);
    }

    /** All live members agree on a log that ends at {@code index}. */
    public void converged(long index) {
        exactlyOnce.converged(index);
        watches.converged();
        answers.converged();
    }
}
