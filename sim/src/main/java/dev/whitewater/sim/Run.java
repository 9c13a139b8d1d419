package dev.whitewater.sim;

import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.client.Clients;
import dev.whitewater.sim.client.Operator;
import dev.whitewater.sim.client.Watchers;
import dev.whitewater.sim.clock.MemberClock;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.cluster.MemberCrash;
import dev.whitewater.sim.cluster.World;
import dev.whitewater.sim.disk.DiskSettings;
import dev.whitewater.sim.disk.SimulatedDisk;
import dev.whitewater.sim.fault.Faults;
import dev.whitewater.sim.fault.Surroundings;
import dev.whitewater.sim.fault.Targets;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.monitor.Finding;
import dev.whitewater.sim.monitor.LeasePromises;
import dev.whitewater.sim.monitor.MemberState;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.net.Links;
import dev.whitewater.sim.net.NetworkShape;
import dev.whitewater.sim.net.SimulatedNetwork;
import dev.whitewater.sim.plan.ClockPlan;
import dev.whitewater.sim.plan.ClusterPlan;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.sim.trace.TraceKind;
import dev.whitewater.store.Response;

import java.util.ArrayList;
import java.util.List;

/** One run: builds the world of a plan and turns the crank until there is a verdict. */
final class Run {

    private static final long SECOND_NANOS = 1_000_000_000;

    /** Some hundred times what a busy cluster of seven handles. */
    private static final long EVENTS_PER_SECOND_MAX = 1_000_000;

    private final RunPlan plan;
    private final RunOptions options;
    private final EventQueue<SimEvent> queue = new EventQueue<>();
    private final Journal journal;
    private final Monitors monitors;
    private final SimulatedNetwork network;
    private final Links links;
    private final Clients clients;
    private final Operator operator;
    private final Watchers watchers;
    private final Faults faults;
    private final List<Member> members = new ArrayList<>();
    private final Liveness liveness;
    private long events;
    private long secondBegan;
    private long eventsBefore;
    private long boundNanos;
    private long nextLook;
    private long deadline = Long.MAX_VALUE;

    Run(RunPlan plan, RaftRules rules, RunOptions options) {
        this.plan = plan;
        this.options = options;
        journal = new Journal(options.fullTrace());
        Decisions decisions = new Decisions(plan.seed());
        int size = plan.cluster().members();
        List<MemberState> states = new ArrayList<>();
        List<SimulatedDisk> disks = new ArrayList<>();
        for (int number = 1; number <= size; number++) {
            states.add(new MemberState(number));
            disks.add(new SimulatedDisk(new DiskSettings(number, plan.disk()), decisions, queue));
        }
        monitors = new Monitors(states, disks, clocks(), pace(plan.cluster()));
        if (options.fullTrace()) {
            monitors.watches().record();
        }
        links = new Links(size);
        NetworkShape shape = new NetworkShape(links, World.CLUSTER_ID, options.checksum());
        network = new SimulatedNetwork(plan.network(), decisions, queue, journal, shape);
        clients = new Clients(plan, decisions, queue, journal, monitors);
        World world = world(rules, decisions);
        for (int number = 1; number <= size; number++) {
            MemberState state = states.get(number - 1);
            MemberClock clock = clock(plan.clocks(), decisions, number);
            members.add(
                    new Member(
                            world.withReplies(judged(state)), state, disks.get(number - 1), clock));
        }
        Targets targets = new Targets(states, decisions);
        operator = new Operator(plan, decisions, queue, journal, members);
        watchers = new Watchers(plan, decisions, queue, journal, members, monitors);
        faults =
                new Faults(
                        plan, new Surroundings(members, links, queue, targets, journal, operator));
        Liveness.Calm calm = new Liveness.Calm(plan.cluster(), plan.network().delay());
        Liveness.Company company =
                new Liveness.Company(clients, operator, watchers, monitors.leases());
        liveness = new Liveness(members, company, calm);
    }

    /** What all members share; the fields that it is made of are set by now. */
    private World world(RaftRules rules, Decisions decisions) {
        return new World(
                plan,
                rules,
                decisions,
                queue,
                journal,
                links,
                network,
                monitors,
                clients,
                options.checksum(),
                options.checkpoints());
    }

    private static Monitors.Pace pace(ClusterPlan cluster) {
        long permille = cluster.readLeasePermille();
        return new Monitors.Pace(
                cluster.electionTimeoutNanos(),
                cluster.limits().tickNanos(),
                cluster.electionTicks() * (1000 - permille) / (1000 + permille),
                // With little room for what isn't committed, clients may crowd notes out.
                cluster.limits().maxUncommittedBytes()
                                < ClusterPlan.Limits.DEFAULT.maxUncommittedBytes()
                        ? 0
                        : cluster.services().leaseCheckpointNanos());
    }

    private LeasePromises.Clocks clocks() {
        return new LeasePromises.Clocks() {
            @Override
            public long now() {
                return journal.now();
            }

            @Override
            public long reading(int member) {
                return member(member).clockReading();
            }
        };
    }

    private static MemberClock clock(ClockPlan plan, Decisions decisions, int member) {
        long offset =
                Decisions.between(
                        decisions.bits(Purpose.CLOCK_OFFSET, member), 0, plan.offsetNanosMax());
        long drift =
                Decisions.between(
                        decisions.bits(Purpose.CLOCK_DRIFT, member),
                        -plan.driftPpmMax(),
                        plan.driftPpmMax());
        return new MemberClock(offset, (int) drift);
    }

    /** The member's answers pass the monitors on their way to the clients. */
    private ClientReplies judged(MemberState member) {
        return new ClientReplies() {
            @Override
            public void reply(long requestId, Reply reply) {
                answer(member, Member.operation(requestId), reply);
            }

            @Override
            public void watch(long stream, WatchNews news) {
                monitors.watches().told(member, stream, news);
                watchers.told(stream, news);
            }
        };
    }

    private void answer(MemberState member, int operation, Reply reply) {
        if (operation >= Monitors.FIRST_OF_OPERATOR) {
            operator.reply(reply);
            return;
        }
        told(operation, reply);
        clients.renewed(operation, reply, member.term());
        confirmed(member, operation, reply);
        if (reply instanceof Reply.Answered(Response response)) {
            clients.question(operation)
                    .ifPresent(asked -> monitors.answered(member, asked, response));
        }
        clients.reply(operation, reply);
    }

    private void confirmed(MemberState member, long operation, Reply reply) {
        if (!clients.confirmsWrite(operation, reply)) {
            return;
        }
        if (clients.isForwarded(operation)) {
            monitors.answeredForwarded(member, Clients.revision(reply));
        } else {
            monitors.answered(member, operation, Clients.revision(reply));
        }
    }

    private void told(long requestId, Reply reply) {
        boolean write = clients.isWrite(requestId);
        if (reply instanceof Reply.Refused && write) {
            monitors.refused(requestId);
        } else if (reply instanceof Reply.Refused) {
            monitors.situations().hit(Probe.READ_REFUSED);
        } else if (reply instanceof Reply.Unknown && write) {
            monitors.situations().hit(Probe.WRITE_UNKNOWN);
        }
    }

    /** For tests that let it see what is not there. */
    Monitors monitors() {
        return monitors;
    }

    RunResult run() {
        Verdict verdict = judge();
        return new RunResult(
                verdict,
                events,
                journal.now(),
                journal.hash(),
                clients.history(),
                clients.unclaimed(monitors),
                journal.trace(),
                monitors.watches().recorded(),
                new Counters(
                        monitors.leaderChanges(),
                        clients.counters(),
                        faults.counts(),
                        monitors.situations().counts(),
                        network.counters().messages()));
    }

    private Verdict judge() {
        try {
            begin();
            while (true) {
                journal.setNow(queue.nextTime());
                if (journal.now() >= nextLook) {
                    look();
                }
                SimEvent event = queue.pop();
                if (turn(event)) {
                    events++;
                    faults.look();
                }
                if (liveness.isReached()) {
                    monitors.converged(liveness.agreedIndex());
                    return new Verdict.Passed();
                }
                if (liveness.isServing(journal.now(), monitors.leaderChanges())) {
                    mend();
                }
                if (event instanceof SimEvent.TimeIsUp && journal.now() >= deadline) {
                    return late();
                }
                if (events > options.eventsMax() || runsInCircles()) {
                    return endless();
                }
            }
        } catch (Finding finding) {
            return violated(finding, false);
        } catch (InvariantViolation broken) {
            return violated(broken);
        } catch (MemberCrash crash) {
            return new Verdict.Crashed(crash.getMessage(), journal.last());
        }
    }

    /** Members that answer each other for ever, faster and faster, would fill the memory. */
    private boolean runsInCircles() {
        if (journal.now() - secondBegan >= SECOND_NANOS) {
            secondBegan = journal.now();
            eventsBefore = events;
        }
        return events - eventsBefore > EVENTS_PER_SECOND_MAX;
    }

    private Verdict endless() {
        String what =
                "the run did not end within "
                        + events
                        + " events, the last "
                        + (events - eventsBefore)
                        + " in less than a second of virtual time";
        return new Verdict.Crashed(what, journal.last());
    }

    private void look() {
        Lookout lookout = options.lookout();
        if (nextLook > 0) {
            lookout.look(new Lookout.Progress(journal.now(), events, clients.called()));
        }
        long every = lookout.everyNanos();
        nextLook = every == Long.MAX_VALUE ? every : journal.now() / every * every + every;
    }

    private Verdict late() {
        String refusing = liveness.spared();
        return refusing.isEmpty()
                ? violated(liveness.missing(boundNanos), true)
                : new Verdict.Spared("no majority is left: " + refusing + " refuse their disks");
    }

    private Verdict violated(Finding finding, boolean isLiveness) {
        long event = journal.record(TraceKind.MONITOR, 0, 0);
        journal.what(event, finding.monitor() + ": " + finding.getMessage());
        return new Verdict.Violated(
                finding.monitor(), finding.monitorName(), finding.getMessage(), event, isLiveness);
    }

    private Verdict violated(InvariantViolation broken) {
        long event = journal.record(TraceKind.MONITOR, 0, 0);
        journal.what(event, broken.getMessage());
        return new Verdict.Violated(
                "core:" + broken.invariant(),
                broken.invariant(),
                broken.getMessage(),
                event,
                false);
    }

    private void begin() {
        for (Member member : members) {
            queue.push(0, new SimEvent.MemberStarts(member.number()));
        }
        clients.begin();
        watchers.begin();
        faults.schedule();
        queue.push(plan.phases().faultsUntilNanos(), new SimEvent.Heals());
    }

    /** Handles one event; whether it turned a member, a client or a fault. */
    private boolean turn(SimEvent event) {
        return switch (event) {
            case SimEvent.FrameArrives it -> {
                Member member = member(it.to());
                yield holds(member, it) ? false : member.frame(it);
            }
            case SimEvent.DiskCompletes it -> {
                Member member = member(it.member());
                yield holds(member, it) ? false : member.diskDone(it);
            }
            case SimEvent.TimerFires it -> {
                Member member = member(it.member());
                yield holds(member, it) ? false : member.timer(it);
            }
            case SimEvent.RequestArrives it -> {
                Member member = member(it.member());
                yield holds(member, it) ? false : member.request(it);
            }
            case SimEvent.MemberStarts it -> starts(it);
            case SimEvent.ReplyArrives it -> clients.replyArrives(it);
            case SimEvent.ClientGivesUp it -> clients.givesUp(it);
            case SimEvent.ClientActs it -> clients.acts(it);
            case SimEvent.WatchOrderArrives it -> {
                Member member = member(it.member());
                yield holds(member, it) ? false : member.watchOrder(it);
            }
            case SimEvent.WatchNewsArrive it -> watchers.newsArrive(it);
            case SimEvent.WatcherActs it -> watchers.acts(it);
            case SimEvent.OperatorActs it -> operator.acts(it);
            case SimEvent.FaultBegins(int fault) -> begins(fault);
            case SimEvent.FaultEnds(int fault) -> faults.ends(fault);
            case SimEvent.Heals _ -> {
                heal();
                yield true;
            }
            case SimEvent.TimeIsUp _ -> true;
        };
    }

    private static boolean holds(Member member, SimEvent event) {
        if (member.isPaused()) {
            member.hold(event);
        }
        return member.isPaused();
    }

    private boolean starts(SimEvent.MemberStarts it) {
        Member member = member(it.member());
        if (holds(member, it) || member.isRunning() || member.isGone()) {
            return false;
        }
        member.start();
        return true;
    }

    /** No fault begins any more once all of them ended. */
    private boolean begins(int fault) {
        if (liveness.hasBegun()) {
            return false;
        }
        faults.begins(fault);
        return true;
    }

    private void heal() {
        long event = journal.record(TraceKind.NOTE, 0, 0);
        journal.what(event, "all faults end, everyone starts, no new fault begins");
        faults.heal();
        List<Fault.Link> cut = plan.phases().stillCut();
        for (Fault.Link link : cut) {
            links.cut(link.from(), link.to());
        }
        if (!cut.isEmpty()) {
            journal.what(journal.record(TraceKind.NOTE, 0, 1), "but these links stay cut: " + cut);
        }
        liveness.begin(!cut.isEmpty());
        clients.heal();
        watchers.heal();
        setDeadline();
    }

    /** A leader has served though links were cut: now the rest is demanded too. */
    private void mend() {
        for (Fault.Link link : plan.phases().stillCut()) {
            links.mend(link.from(), link.to());
        }
        journal.what(
                journal.record(TraceKind.NOTE, 0, 2),
                "a leader stays and serves; no link is cut now");
        monitors.situations().hit(Probe.SERVED_WITH_LINKS_CUT);
        liveness.begin(false);
        clients.probeAgain();
        setDeadline();
    }

    private void setDeadline() {
        boundNanos = plan.livenessBoundNanos(liveness.entriesBehind()) + leasesEndNanos();
        boundNanos += watchers.catchUpNanos();
        if (liveness.hasLinksCut()) {
            boundNanos += 2 * Liveness.CALM_TIMEOUTS * plan.cluster().electionTimeoutNanos();
        }
        deadline = journal.now() + boundNanos;
        queue.push(deadline, new SimEvent.TimeIsUp());
    }

    /**
     * From when the cluster works again its leader gives each lease all its time, an election
     * timeout more, and looks again every half a second; its clock may be slow.
     */
    private long leasesEndNanos() {
        if (plan.workload().company().lessees() + plan.workload().company().lockers() == 0) {
            return 0;
        }
        long ends = 1_000_000_000L * (Clients.LEASE_SECONDS_MOST + 2);
        long bound = ends + 2 * plan.cluster().electionTimeoutNanos();
        return bound + bound / 1_000_000 * plan.clocks().driftPpmMax();
    }

    private Member member(int number) {
        return members.get(number - 1);
    }
}
