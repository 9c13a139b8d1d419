package dev.whitewater.sim.cluster;

import dev.whitewater.node.Node;
import dev.whitewater.node.NodeConfig;
import dev.whitewater.node.NodeEvent;
import dev.whitewater.node.Ports;
import dev.whitewater.node.port.DiskCommand;
import dev.whitewater.node.port.DiskFailure;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.raft.InvariantViolation;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.Probe;
import dev.whitewater.sim.clock.MemberClock;
import dev.whitewater.sim.disk.SimulatedDisk;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.monitor.Finding;
import dev.whitewater.sim.monitor.MemberState;
import dev.whitewater.sim.net.Sender;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;

/**
 * A machine with a disk and a clock, and the processes of one member that live on it one after the
 * other. Every event for the member passes here: it is journalled, handled by the node, judged by
 * the monitors, and the next timer is armed.
 */
public final class Member {

    private final World world;
    private final Journal journal;
    private NodeConfig config;
    private final MemberState state;
    private final SimulatedDisk disk;
    private final MemberClock clock;

    private Life life = Life.NONE;
    private int incarnation;
    private boolean paused;
    private final List<SimEvent> held = new ArrayList<>();
    private final Appointments appointments;
    private final Alarm alarm;
    private boolean gone;

    /** A process is there or not; there is no node in between. */
    private sealed interface Life {
        Life NONE = new Down();

        record Down() implements Life {}

        record Up(Node node, Sender sender) implements Life {}
    }

    public Member(World world, MemberState state, SimulatedDisk disk, MemberClock clock) {
        this.world = world;
        this.journal = world.journal();
        this.state = state;
        this.disk = disk;
        this.clock = clock;
        this.appointments = new Appointments(disk);
        this.alarm = new Alarm(state.number(), clock, world.queue());
        this.config = MemberConfig.of(world.plan().cluster(), state.id());
    }

    public int number() {
        return state.number();
    }

    public MemberState state() {
        return state;
    }

    public SimulatedDisk disk() {
        return disk;
    }

    /** Where its process is to die next. */
    public Appointments appointments() {
        return appointments;
    }

    /** What its clock shows now. */
    public long clockReading() {
        return clock.at(journal.now());
    }

    /** Counts the processes; the one that runs, or ran last. */
    public int incarnation() {
        return incarnation;
    }

    /** Whether the process of that number is there and has read its disk. */
    public boolean isServing(int ofIncarnation) {
        return incarnation == ofIncarnation && state.isUp();
    }

    public boolean isRunning() {
        return life instanceof Life.Up;
    }

    /** The configuration in force at the member; only while {@link MemberState#isUp}. */
    public Configuration configuration() {
        if (life instanceof Life.Up up) {
            return up.node().view().configuration();
        }
        throw new IllegalStateException("n" + number() + " is down");
    }

    /**
     * Requests, entries and snapshots that the member has not come to the end of; while it is up.
     */
    public int waiting() {
        if (life instanceof Life.Up up && state.isUp()) {
            return up.node().view().waiting();
        }
        return 0;
    }

    // ---- processes

    /** A new process starts over what the disk holds; none may be running. */
    public void start() {
        incarnation++;
        disk.open(incarnation);
        world.network().restarted(number(), world.plan().cluster().members());
        Sender sender = new Sender(number(), incarnation);
        Ports ports =
                new Ports(
                                disk,
                                (to, frame) -> send(sender, to, frame),
                                world.replies(),
                                new JournalNotes(journal),
                                world.checksum())
                        .withCheckpoints(world.checkpoints())
                        .withCrashPoints(appointments::reached);
        state.told(config.raft().guards().checkQuorum(), config.raft().readLease().enabled());
        Node node =
                new Node(
                        config,
                        ports,
                        MemberConfig.jitter(world.decisions(), number(), incarnation),
                        world.rules());
        Life.Up up = new Life.Up(node, sender);
        life = up;
        long event = journal.record(TraceKind.START, number(), incarnation);
        turn(up, event, 0, new NodeEvent.Started(clock.at(journal.now())));
    }

    /** The process dies with all that the machine had not synced. Returns the event's number. */
    public long crash() {
        long event = ends();
        if (disk.crash()) {
            world.monitors().situations().hit(Probe.WRITE_TORN);
        }
        world.monitors().diskChanged(state);
        return event;
    }

    private void powerFailed(Appointments.PowerFailed failed) {
        journal.note("the power fails: " + failed.getMessage());
        String fault = appointments.keptAtPoint();
        journal.fault(crash(), fault);
    }

    /** The process dies, the machine does not. Returns the event's number. */
    public long kill() {
        long event = ends();
        disk.kill();
        if (disk.hasUnsynced()) {
            world.monitors().situations().hit(Probe.KILLED_WITH_UNSYNCED_BYTES);
        }
        return event;
    }

    private long ends() {
        long event = journal.record(TraceKind.CRASH, number(), incarnation);
        world.monitors().ends(state);
        life = Life.NONE;
        alarm.cancel();
        held.clear();
        journal.handling(event);
        state.closed(journal);
        journal.handling(0);
        disk.setNow(journal.now());
        return event;
    }

    /** The process is asked to end; it takes nothing new and stays until it is killed. */
    public void stop(long event) {
        if (life instanceof Life.Up up && !paused) {
            state.stopping();
            turn(up, event, 0, new NodeEvent.Stopping(clock.at(journal.now())));
        }
    }

    /** The next process starts with limits and guards that {@code key} draws. */
    public void changeConfig(long key) {
        config = MemberConfig.changed(world.plan().cluster(), state.id(), world.decisions(), key);
    }

    /** The member never starts again: its disk holds nothing of what it promised. */
    public void goAway() {
        gone = true;
    }

    public boolean isGone() {
        return gone;
    }

    public boolean isPaused() {
        return paused;
    }

    /** The process stands still until {@link #resume}; time and the disk go on. */
    public void pause() {
        paused = true;
    }

    /** What came meanwhile is handled now, in the order in which it came. */
    public void resume() {
        paused = false;
        for (SimEvent event : held) {
            world.queue().push(journal.now(), event);
        }
        held.clear();
    }

    /** Keeps an event for {@link #resume}. */
    public void hold(SimEvent event) {
        held.add(event);
    }

    /** The clock jumps forward. */
    public void jumpClock(long nanos) {
        clock.jump(journal.now(), nanos);
        rearm();
    }

    /** The clock gains {@code extraPpm} on top of its own drift from now on. */
    public void driftClock(int extraPpm) {
        clock.drift(journal.now(), extraPpm);
        rearm();
    }

    /** The clock stands still until {@link #driftClock}. */
    public void freezeClock() {
        clock.freeze(journal.now());
    }

    private void rearm() {
        alarm.clockChanged();
        if (life instanceof Life.Up up) {
            arm(up);
        }
    }

    // ---- events; each returns whether it turned the node

    /** A frame reaches a member that is not paused. */
    public boolean frame(SimEvent.FrameArrives arrives) {
        if (!(life instanceof Life.Up up)) {
            world.network().counters().lostAtReceiver();
            drop(arrives, "receiver is down");
            return false;
        }
        if (world.links().isCut(arrives.from(), arrives.to())) {
            world.network().counters().cutUnderWay();
            drop(arrives, "link is cut");
            return false;
        }
        world.network().counters().delivered();
        long event =
                journal.record(TraceKind.DELIVER, number(), arrives.from(), arrives.number(), 0);
        if (journal.isFull()) {
            journal.what(event, arrives.message().describe());
        }
        if (state.isUp()) {
            world.monitors().delivering(state, arrives.message());
        }
        NodeId from = new NodeId(arrives.from());
        turn(
                up,
                event,
                arrives.from(),
                new NodeEvent.FrameArrived(clock.at(journal.now()), from, arrives.bytes()));
        return true;
    }

    private void drop(SimEvent.FrameArrives arrives, String why) {
        long event = journal.record(TraceKind.DROP, number(), arrives.from(), arrives.number(), 0);
        if (journal.isFull()) {
            journal.what(event, arrives.message().describe() + ": " + why);
        }
    }

    public boolean diskDone(SimEvent.DiskCompletes done) {
        if (done.incarnation() != incarnation || !(life instanceof Life.Up up)) {
            return false;
        }
        DiskCommand command = done.command();
        DiskResult result = disk.complete(command);
        if (command instanceof DiskCommand.SyncDirectory) {
            world.monitors().situations().hit(Probe.SEGMENT_BEGUN);
        }
        world.monitors().diskChanged(state);
        long event = journal.record(TraceKind.DISK, number(), Wording.hash(command));
        if (journal.isFull()) {
            journal.what(event, Wording.describe(command));
        }
        turn(up, event, 0, new NodeEvent.DiskFinished(clock.at(journal.now()), result));
        return true;
    }

    public boolean timer(SimEvent.TimerFires timer) {
        if (!alarm.rings(timer) || !(life instanceof Life.Up up)) {
            return false;
        }
        long shown = clock.at(journal.now());
        if (up.node().nextDeadlineNanos() > shown) {
            // It was put off since: nothing happens by itself before the new deadline.
            arm(up);
            return false;
        }
        long event = journal.record(TraceKind.TIMER, number(), 0);
        turn(up, event, 0, new NodeEvent.Ticked(shown));
        return true;
    }

    public boolean request(SimEvent.RequestArrives arrives) {
        if (!(life instanceof Life.Up up)) {
            // Nobody listens on the port: the client knows that nothing happened.
            world.replies()
                    .reply(
                            requestId(arrives.operation()),
                            new Reply.Refused(Reply.Reason.STOPPING, NodeId.NONE));
            return false;
        }
        long event = journal.record(TraceKind.CLIENT, number(), arrives.operation());
        if (journal.isFull()) {
            journal.what(event, "request of operation " + arrives.operation() + " arrives");
        }
        turn(
                up,
                event,
                0,
                new NodeEvent.RequestArrived(
                        clock.at(journal.now()),
                        requestId(arrives.operation()),
                        arrives.request()));
        return true;
    }

    /** An order on a watch stream that led to the process {@code incarnation}. */
    public boolean watchOrder(SimEvent.WatchOrderArrives arrives) {
        if (arrives.incarnation() != incarnation || !(life instanceof Life.Up up)) {
            return false;
        }
        long event = journal.record(TraceKind.CLIENT, number(), arrives.stream() | 1L << 43);
        if (journal.isFull()) {
            journal.what(event, "a watcher orders " + arrives.order());
        }
        if (arrives.order() instanceof WatchOrder.Create create && state.isUp()) {
            world.monitors().watches().asked(arrives.stream(), create, state.store().revision());
        }
        turn(
                up,
                event,
                0,
                new NodeEvent.WatchOrdered(
                        clock.at(journal.now()), arrives.stream(), arrives.order()));
        if (arrives.order() instanceof WatchOrder.Close) {
            world.monitors().watches().closed(arrives.stream());
        }
        return true;
    }

    /** Members take 0 for what they ask for themselves. */
    private static long requestId(int operation) {
        return operation + 1L;
    }

    /** The operation whose request a member names so. */
    public static int operation(long requestId) {
        return Math.toIntExact(requestId - 1);
    }

    // ---- the node

    private void turn(Life.Up up, long event, int peer, NodeEvent nodeEvent) {
        disk.setNow(journal.now());
        journal.handling(event);
        try {
            up.node().handle(nodeEvent);
        } catch (InvariantViolation e) {
            throw e;
        } catch (DiskFailure e) {
            stop(e);
            return;
        } catch (Appointments.PowerFailed e) {
            interrupted(up);
            powerFailed(e);
            return;
        } catch (Finding e) {
            // A monitor spoke while the node was sending.
            throw e;
        } catch (RuntimeException e) {
            throw new MemberCrash(number(), e);
        }
        observe(up, peer);
        journal.handling(0);
        arm(up);
        if (appointments.isPowerDue()) {
            String fault = appointments.keptPowerInWrite();
            journal.fault(crash(), fault);
        } else if (appointments.isDeathDue()) {
            String fault = appointments.keptDeathInWrite();
            journal.fault(kill(), fault);
        }
    }

    /** The process can't trust its disk and ends; the harsher case is that its machine does too. */
    private void stop(DiskFailure failure) {
        journal.note("stopped: " + failure.getMessage());
        if (failure.kind() != DiskFailure.Kind.DEVICE && !disk.isDamaged()) {
            throw world.monitors().damaged(state, failure.getMessage());
        }
        boolean device = failure.kind() == DiskFailure.Kind.DEVICE;
        world.monitors()
                .situations()
                .hit(device ? Probe.STOPPED_BY_DEVICE : Probe.STOPPED_BY_DAMAGE);
        crash();
    }

    /**
     * What the event had led to already may be on its way to the disk: a commit in one of its
     * steps, and a configuration appended because of it in the next.
     */
    private void interrupted(Life.Up up) {
        if (state.isUp()) {
            state.refresh(up.node().view().store(), journal);
            world.monitors().interrupted(state, up.node().view());
        }
    }

    private void observe(Life.Up up, int peer) {
        if (up.node().view().recovering()) {
            return;
        }
        openOnce(up);
        state.refresh(up.node().view().store(), journal);
        world.monitors().after(state, peer, up.node().view());
    }

    private void openOnce(Life.Up up) {
        if (!state.isUp()) {
            state.opened(up.node().view().raft(), up.node().view().store(), journal);
            world.monitors().recovered(state);
        }
    }

    private void send(Sender sender, NodeId to, byte[] frame) {
        if (life instanceof Life.Up up) {
            openOnce(up);
        }
        Frame message = world.network().decode(frame);
        world.network().send(sender, (int) to.value(), frame, message);
        world.monitors().sent(state, message);
    }

    private void arm(Life.Up up) {
        alarm.set(up.node().nextDeadlineNanos(), journal.now());
    }
}
