package dev.whitewater.sim.client;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.Reply;
import dev.whitewater.sim.Counters;
import dev.whitewater.sim.Probe;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.monitor.LeasePromises;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.monitor.Question;
import dev.whitewater.sim.monitor.ReadFloor;
import dev.whitewater.sim.plan.CompanyPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.WorkloadPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.sim.trace.TraceKind;

import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The clients: sessions with one operation at a time, over links of their own that delay and lose.
 * An operation is sent once. If its fate stays unknown the client moves on to another operation
 * with another value: sending it again could make it happen twice.
 *
 * <p>After the last numbered client comes the prober, which acts only in the second phase: it
 * writes and reads until both have succeeded once (M36).
 */
public final class Clients implements ClientReplies {

    /** The longest time for which clients ask for a lease. */
    public static final int LEASE_SECONDS_MOST = Lessee.SECONDS_MOST;

    private final WorkloadPlan workload;
    private final NetworkPlan network;
    private final Decisions decisions;
    private final EventQueue<SimEvent> queue;
    private final Journal journal;
    private final Chooser chooser;
    private final Lists lists = new Lists();
    private final ReadFloor floor;
    private final Monitors monitors;
    private final long pauseAfterRefusal;

    /** When renewals that are not answered yet were asked for, by their operations. */
    private final TreeMap<Integer, LeasePromises.Asked> renewals = new TreeMap<>();

    private final Session[] sessions;
    private final OperationBook history = new OperationBook();
    private final EnumMap<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private long issued;
    private boolean watching;
    private boolean healing;
    private boolean probeWrote;
    private boolean isOpenToAll;
    private boolean probeRead;

    /** What a client remembers between operations. */
    private static final class Session {
        final Behaviour behaviour;
        long operations;
        int hint;

        Session(Behaviour behaviour) {
            this.behaviour = behaviour;
        }
    }

    public Clients(
            RunPlan plan,
            Decisions decisions,
            EventQueue<SimEvent> queue,
            Journal journal,
            Monitors monitors) {
        this.workload = plan.workload();
        this.network = plan.network();
        this.decisions = decisions;
        this.queue = queue;
        this.journal = journal;
        this.monitors = monitors;
        this.floor = monitors.readFloor();
        this.chooser = new Chooser(workload, decisions, plan.cluster().members());
        // A refused client would ask again at once, for as long as there is no leader.
        this.pauseAfterRefusal = plan.cluster().electionTimeoutNanos() / 8;
        CompanyPlan company = workload.company();
        int others = company.appenders() + company.lessees() + company.lockers() + company.users();
        sessions = new Session[workload.clients() + others + 2];
        for (int client = 1; client < sessions.length; client++) {
            sessions[client] = new Session(behaviour(client));
        }
    }

    /** By its number: first those of no kind, then kind by kind; the last is the prober. */
    private Behaviour behaviour(int client) {
        CompanyPlan company = workload.company();
        int number = client - workload.clients();
        if (number <= 0 || client == prober()) {
            return chooser.mixed(client);
        }
        if (number <= company.lessees()) {
            return new Lessee(client, chooser, decisions);
        }
        number -= company.lessees();
        if (number <= company.lockers()) {
            return new Locker(client, chooser, decisions, monitors);
        }
        number -= company.lockers();
        return number <= company.users()
                ? new User(client, number, chooser, decisions, monitors)
                : new Appender(client, lists, decisions);
    }

    private int prober() {
        return sessions.length - 1;
    }

    public void begin() {
        for (int client = 1; client < prober(); client++) {
            queue.push(
                    workload.habits().after(chooser.think(client, 0)),
                    new SimEvent.ClientActs(client));
        }
    }

    /** The second phase: clients finish what they have begun, and the prober starts. */
    public void heal() {
        healing = true;
        queue.push(journal.now(), new SimEvent.ClientActs(prober()));
    }

    /** The prober writes and reads once more. */
    public void probeAgain() {
        probeWrote = false;
        probeRead = false;
        queue.push(journal.now(), new SimEvent.ClientActs(prober()));
    }

    /** Whether since healing a fresh write and then a fresh linearizable read succeeded. */
    public boolean hasProbed() {
        return probeRead;
    }

    public boolean probeWrote() {
        return probeWrote;
    }

    // ---- events; each returns whether it turned a client

    public boolean acts(SimEvent.ClientActs acts) {
        int client = acts.client();
        Session session = sessions[client];
        if (client == prober()) {
            if (probeRead) {
                return false;
            }
            call(probe(client, ++session.operations), session);
            return true;
        }
        boolean enough = workload.operations() > 0 && issued >= workload.operations();
        if (healing || enough) {
            return false;
        }
        issued++;
        call(session.behaviour.next(++session.operations), session);
        return true;
    }

    /** A write, then a read; but where there are users, permissions may be in the way. */
    private Operation probe(int client, long number) {
        if (workload.company().users() > 0 && !isOpenToAll) {
            return User.disable(client);
        }
        Kind kind = probeWrote ? Kind.GET : Kind.PUT;
        String value = probeWrote ? "" : chooser.value(client, number);
        return new Operation(client, kind, "k0", value, "", false);
    }

    private void call(Operation operation, Session session) {
        int number = history.size();
        history.add(operation);
        operation.forwarded = chooser.forwards(operation, session.operations);
        operation.member = chooser.member(operation, session.operations, session.hint);
        operation.invokeNanos = journal.now();
        operation.floor = floor.floor();
        if (operation.request instanceof ClientRequest.RenewLease renew) {
            renewals.put(number, monitors.leases().asks(renew.id()));
        }
        operation.invokeEvent =
                journal.record(TraceKind.CLIENT, operation.member, number | 1L << 40);
        if (journal.isFull()) {
            journal.what(
                    operation.invokeEvent,
                    "client " + operation.client + " calls operation " + number + ": " + operation);
        }
        if (!watching) {
            watch(number);
        }
        long key = operation.client;
        long lost = decisions.bits(Purpose.CLIENT_REQUEST_LOSS, key, session.operations);
        if (!Decisions.hits(lost, network.clientLoss())) {
            long delay =
                    Decisions.delay(
                            decisions.bits(Purpose.CLIENT_REQUEST_DELAY, key, session.operations),
                            network.delay());
            queue.push(
                    journal.now() + delay,
                    new SimEvent.RequestArrives(
                            operation.member, operation.client, number, Requests.of(operation)));
        }
    }

    /** A member answers; the answer is under way. */
    @Override
    public void reply(long requestId, Reply reply) {
        Operation operation = history.get((int) requestId);
        long key = operation.client;
        long lost = decisions.bits(Purpose.CLIENT_REPLY_LOSS, key, requestId);
        if (!Decisions.hits(lost, network.clientLoss())) {
            long bits = decisions.bits(Purpose.CLIENT_REPLY_DELAY, key, requestId);
            queue.push(
                    journal.now() + Decisions.delay(bits, network.delay()),
                    new SimEvent.ReplyArrives(operation.client, (int) requestId, reply));
        }
    }

    /** A member says that a lease has all its time again; the leader's term is {@code term}. */
    public void renewed(int operation, Reply reply, long term) {
        if (reply instanceof Reply.LeaseTold told && told.leftSeconds() >= 0) {
            LeasePromises.Asked asked = renewals.get(operation);
            if (asked != null) {
                monitors.leases().hands(asked, (int) term);
            }
        }
    }

    /** Whether the operation would change something. */
    public boolean isWrite(long requestId) {
        return Requests.isWrite(history.get((int) requestId).kind);
    }

    /** Whether the reply says that a write happened, at the revision it names. */
    public boolean confirmsWrite(long requestId, Reply reply) {
        return reply instanceof Reply.Answered && isWrite(requestId);
    }

    /** Whether the member was to find the leader; the log may know the request by a ticket. */
    public boolean isForwarded(long requestId) {
        return history.get((int) requestId).forwarded;
    }

    /** What was asked about keys; empty if it was about something else. */
    public Optional<Question> question(long requestId) {
        Operation operation = history.get((int) requestId);
        long known = operation.serializable ? -1 : operation.floor;
        return Requests.onKeys(operation)
                .map(asked -> new Question(requestId, asked, known, Requests.reader(operation)));
    }

    public static long revision(Reply reply) {
        return reply instanceof Reply.Answered answered
                ? Requests.revision(answered.response())
                : 0;
    }

    public boolean replyArrives(SimEvent.ReplyArrives arrives) {
        Operation operation = history.get(arrives.operation());
        if (!operation.isOpen()) {
            return false;
        }
        Session session = sessions[operation.client];
        switch (arrives.reply()) {
            case Reply.Answered answered -> {
                boolean taken = reads(operation, answered);
                boolean leads = Requests.isWrite(operation.kind) && !operation.forwarded;
                session.hint = leads ? operation.member : session.hint;
                returns(arrives.operation(), taken ? Outcome.OK : Outcome.REFUSED);
            }
            case Reply.Refused refused -> {
                session.hint = (int) refused.leader().value();
                returns(arrives.operation(), Outcome.REFUSED);
            }
            case Reply.LeaseTold told -> {
                boolean kept = Requests.read(operation, told);
                if (!kept) {
                    monitors.situations().hit(Probe.LEASE_RENEWED_TOO_LATE);
                }
                returns(arrives.operation(), kept ? Outcome.OK : Outcome.REFUSED);
            }
            case Reply.Reconfigured _,
                    Reply.HandedOver _,
                    Reply.LeasesListed _,
                    Reply.CaughtUp _,
                    Reply.Defragmented _ ->
                    throw new IllegalStateException("no client asked for " + arrives.reply());
            case Reply.Unknown _ -> {
                session.hint = 0;
                returns(arrives.operation(), Outcome.UNKNOWN);
            }
        }
        return true;
    }

    /** Takes what the answer tells; false if the store rejected the request. */
    private boolean reads(Operation operation, Reply.Answered answered) {
        boolean taken = Requests.read(operation, answered.response());
        if (Requests.isForWantOfSpace(answered.response())) {
            monitors.situations().hit(Probe.REFUSED_FOR_WANT_OF_SPACE);
        }
        chooser.saw(Requests.keys(answered));
        return taken;
    }

    public boolean givesUp(SimEvent.ClientGivesUp givesUp) {
        int number = givesUp.operation();
        boolean isOpen = history.isOpen(number);
        if (isOpen) {
            sessions[history.get(number).client].hint = 0;
            returns(number, Outcome.UNKNOWN);
        }
        watchNext(number + 1);
        return isOpen;
    }

    /**
     * All wait equally long, so it is for the first open operation that patience ends first: only
     * that one's end has a place in the queue, and most operations never get there.
     */
    private void watchNext(int from) {
        watching = false;
        for (int number = from; number < history.size() && !watching; number++) {
            if (history.isOpen(number)) {
                watch(number);
            }
        }
    }

    private void watch(int number) {
        watching = true;
        queue.push(
                history.get(number).invokeNanos + workload.timeoutNanos(),
                new SimEvent.ClientGivesUp(number));
    }

    private void returns(int number, Outcome outcome) {
        Operation operation = history.get(number);
        operation.outcome = outcome;
        renewals.remove(number);
        operation.returnNanos = journal.now();
        outcomes.merge(outcome, 1L, Long::sum);
        operation.returnEvent =
                journal.record(
                        TraceKind.CLIENT,
                        operation.member,
                        number | code(outcome) << 40 | operation.revision << 44);
        if (journal.isFull()) {
            journal.what(operation.returnEvent, describeReturn(number, operation));
        }
        if (outcome == Outcome.OK) {
            succeeded(operation);
        }
        isOpenToAll &= operation.client != prober() || outcome == Outcome.OK;
        Session session = sessions[operation.client];
        session.behaviour.learnt(operation);
        long pause = outcome == Outcome.REFUSED ? pauseAfterRefusal : 0;
        long think = Math.max(pause, chooser.think(operation.client, session.operations));
        queue.push(
                workload.habits().after(journal.now() + think),
                new SimEvent.ClientActs(operation.client));
        history.close(number);
    }

    private static long code(Outcome outcome) {
        return switch (outcome) {
            case OK -> 2;
            case REFUSED -> 3;
            case UNKNOWN -> 4;
        };
    }

    private static String describeReturn(int number, Operation operation) {
        return "client "
                + operation.client
                + " learns of operation "
                + number
                + " ("
                + operation
                + "): "
                + operation.outcome
                + (operation.result.isEmpty() ? "" : " " + operation.result)
                + (operation.revision == 0 ? "" : " at revision " + operation.revision);
    }

    private void succeeded(Operation operation) {
        if (operation.client == prober() && operation.kind == Kind.AUTH_DISABLE) {
            isOpenToAll = true;
        } else if (operation.client == prober()) {
            probeRead = operation.kind == Kind.GET;
            probeWrote = true;
        }
        if (operation.kind.isRead() && !operation.serializable) {
            floor.read(operation.member, operation.revision, operation.floor);
        }
        if (operation.tookOtherSide()) {
            monitors.situations().hit(Probe.TXN_TOOK_OTHER_SIDE);
        }
        floor.learnt(operation.revision);
        chooser.heardOf(operation.revision);
    }

    // ---- results

    public List<ClientOperation> history() {
        return new Unpacked(history);
    }

    /** Changes that the committed log holds and none of them claims. */
    public List<ClientOperation> unclaimed(Monitors monitors) {
        return Unclaimed.of(history, monitors, journal.last());
    }

    /** How many operations were called so far. */
    public int called() {
        return history.size();
    }

    public Counters.Operations counters() {
        long open = 0;
        for (int number = 0; number < history.size(); number++) {
            open += history.isOpen(number) ? 1 : 0;
        }
        return new Counters.Operations(
                outcomes.getOrDefault(Outcome.OK, 0L),
                outcomes.getOrDefault(Outcome.REFUSED, 0L),
                outcomes.getOrDefault(Outcome.UNKNOWN, 0L) + open);
    }
}
