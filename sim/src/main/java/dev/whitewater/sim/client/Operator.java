package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.port.Reply;
import dev.whitewater.raft.ChangeMode;
import dev.whitewater.raft.MemberChange;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.sim.trace.TraceKind;
import dev.whitewater.store.Alarm;
import dev.whitewater.store.Attributed;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Whoever runs the cluster: knows which members it should have and which alarms should stand, and
 * asks the leader for changes until it is so; hands leadership over when told to. It sees who
 * leads, as operators do.
 */
public final class Operator {

    /** What a member should be. */
    public enum Place {
        VOTER,
        LEARNER,
        OUTSIDE
    }

    /** After each change of who votes. */
    private static final int LIST_COMMANDS_MOST = 3;

    private final RunPlan plan;
    private final Decisions decisions;
    private final EventQueue<SimEvent> queue;
    private final Journal journal;
    private final List<Member> members;
    private final Place[] wanted;
    private final TreeSet<Alarm> wantedAlarms = new TreeSet<>();
    private int requests = Monitors.FIRST_OF_OPERATOR;
    private long acts;
    private boolean waits;

    public Operator(
            RunPlan plan,
            Decisions decisions,
            EventQueue<SimEvent> queue,
            Journal journal,
            List<Member> members) {
        this.plan = plan;
        this.decisions = decisions;
        this.queue = queue;
        this.journal = journal;
        this.members = members;
        wanted = new Place[plan.cluster().members() + 1];
        Arrays.fill(wanted, Place.VOTER);
    }

    /** What each member should be from now on, by number; nothing changes if nobody could vote. */
    public void want(Place[] places) {
        boolean anyVoter = false;
        for (int member = 1; member < places.length; member++) {
            anyVoter |= places[member] == Place.VOTER;
        }
        if (anyVoter && !Arrays.equals(places, wanted)) {
            System.arraycopy(places, 0, wanted, 0, places.length);
            actIn(0);
        }
    }

    /** Whether the alarm that {@code member} is out of room should stand from now on. */
    public void wantAlarm(int member, boolean stands) {
        Alarm alarm = new Alarm(member, Alarm.Kind.NO_SPACE);
        if (stands ? wantedAlarms.add(alarm) : wantedAlarms.remove(alarm)) {
            actIn(0);
        }
    }

    /** Asks the present leader, if there is one, to hand over to {@code member}. */
    public void handOver(int member) {
        int leader = leader();
        if (leader > 0 && leader != member) {
            send(leader, new ClientRequest.TransferLeadership(new NodeId(member)));
        }
    }

    /** Asks {@code member} to give back the room of what was removed. */
    public void defragment(int member) {
        send(member, new ClientRequest.Defragment());
    }

    /** Whether the cluster is as it should be, as far as its leader knows. */
    public boolean isSatisfied() {
        int leader = leader();
        return leader > 0 && isSatisfied(leader);
    }

    private boolean isSatisfied(int leader) {
        return isSatisfied(configuration(leader)) && alarmsToChange(leader).isEmpty();
    }

    private boolean isSatisfied(Configuration configuration) {
        return !configuration.isJoint() && changes(configuration).isEmpty();
    }

    private void actIn(long nanos) {
        waits = true;
        queue.push(journal.now() + nanos, new SimEvent.OperatorActs(++acts));
    }

    /** Whether the operator did something. */
    public boolean acts(SimEvent.OperatorActs event) {
        if (event.number() != acts) {
            return false;
        }
        waits = false;
        int leader = leader();
        if (leader == 0) {
            actIn(plan.cluster().electionTimeoutNanos() / 2);
            return false;
        }
        if (isSatisfied(leader)) {
            // A leader that is none any more may be satisfied with what the next one takes back.
            actIn(2 * plan.cluster().electionTimeoutNanos());
            return false;
        }
        actIn(plan.cluster().electionTimeoutNanos());
        List<Alarm> alarms = alarmsToChange(leader);
        for (Alarm alarm : alarms) {
            send(leader, change(alarm));
        }
        Configuration configuration = configuration(leader);
        boolean leavesByItself = configuration.isJoint() && configuration.autoLeave();
        if (isSatisfied(configuration) || leavesByItself) {
            return !alarms.isEmpty();
        }
        send(
                leader,
                configuration.isJoint()
                        ? new ClientRequest.LeaveJoint()
                        : new ClientRequest.ChangeMembership(changes(configuration), mode()));
        return true;
    }

    /** Those that stand and should not, and those that should. */
    private List<Alarm> alarmsToChange(int leader) {
        List<Alarm> standing = members.get(leader - 1).state().store().alarms();
        List<Alarm> changes = new ArrayList<>();
        for (Alarm alarm : standing) {
            if (!wantedAlarms.contains(alarm)) {
                changes.add(alarm);
            }
        }
        for (Alarm alarm : wantedAlarms) {
            if (!standing.contains(alarm)) {
                changes.add(alarm);
            }
        }
        return changes;
    }

    private ClientRequest change(Alarm alarm) {
        return new ClientRequest.Write(
                Attributed.member(
                        wantedAlarms.contains(alarm)
                                ? new MaintenanceRequest.RaiseAlarm(alarm)
                                : new MaintenanceRequest.ClearAlarm(alarm)),
                ClientRequest.Manner.DIRECT);
    }

    private ChangeMode mode() {
        long bits = decisions.bits(Purpose.OPERATOR_MODE, requests);
        return switch ((int) Decisions.below(bits, 4)) {
            case 0 -> ChangeMode.JOINT;
            case 1 -> ChangeMode.JOINT_EXPLICIT;
            default -> ChangeMode.AUTOMATIC;
        };
    }

    /** What to ask for: sometimes all at once, sometimes one after the other. */
    private List<MemberChange> changes(Configuration configuration) {
        List<MemberChange> changes = new ArrayList<>();
        for (int member = 1; member < wanted.length; member++) {
            NodeId id = new NodeId(member);
            Place place = place(configuration, id);
            if (place != wanted[member]) {
                changes.add(new MemberChange(kind(wanted[member]), id));
            }
        }
        boolean oneByOne =
                changes.size() > 1 && decisions.bits(Purpose.OPERATOR_MODE, requests, 1) < 0;
        return oneByOne && !leavesNobody(configuration, changes.getFirst())
                ? changes.subList(0, 1)
                : changes;
    }

    /** Whether the change would take the last voter away before another is added. */
    private static boolean leavesNobody(Configuration configuration, MemberChange change) {
        return change.kind() != MemberChange.Kind.ADD_VOTER && configuration.voters().size() < 2;
    }

    private static Place place(Configuration configuration, NodeId id) {
        if (configuration.voters().contains(id)) {
            return Place.VOTER;
        }
        boolean learns =
                configuration.learners().contains(id) || configuration.learnersNext().contains(id);
        return learns ? Place.LEARNER : Place.OUTSIDE;
    }

    private static MemberChange.Kind kind(Place place) {
        return switch (place) {
            case VOTER -> MemberChange.Kind.ADD_VOTER;
            case LEARNER -> MemberChange.Kind.ADD_LEARNER;
            case OUTSIDE -> MemberChange.Kind.REMOVE;
        };
    }

    private void send(int member, ClientRequest request) {
        int number = ++requests;
        long event = journal.record(TraceKind.CLIENT, member, number | 1L << 41);
        if (journal.isFull()) {
            journal.what(event, "operator asks n" + member + " for " + request);
        }
        long delay =
                Decisions.delay(
                        decisions.bits(Purpose.OPERATOR_DELAY, number), plan.network().delay());
        queue.push(journal.now() + delay, new SimEvent.RequestArrives(member, 0, number, request));
    }

    /** Some of what clients are told of the cluster changes, too. */
    private void changeList() {
        int leader = leader();
        Dice dice = new Dice(decisions.bits(Purpose.OPERATOR_LIST, requests));
        for (int left = 1 + dice.below(LIST_COMMANDS_MOST); leader > 0 && left > 0; left--) {
            Request command = Attributed.member(ListCommands.drawn(dice));
            send(leader, new ClientRequest.Write(command, ClientRequest.Manner.DIRECT));
        }
    }

    /** A member's answer; a refusal is worth another try. */
    public void reply(Reply reply) {
        if (reply instanceof Reply.Reconfigured) {
            changeList();
        }
        if (waits && reply instanceof Reply.Reconfigured) {
            actIn(0);
        } else if (waits) {
            actIn(plan.cluster().electionTimeoutNanos() / 4);
        }
    }

    private int leader() {
        int found = 0;
        long term = -1;
        for (Member member : members) {
            if (member.state().isLeader() && member.state().term() > term) {
                found = member.number();
                term = member.state().term();
            }
        }
        return found;
    }

    private Configuration configuration(int member) {
        return members.get(member - 1).configuration();
    }
}
