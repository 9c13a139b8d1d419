package dev.whitewater.reports;

import dev.whitewater.reports.run.Change;
import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.FaultSpan;
import dev.whitewater.reports.run.Operation;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.trace.Fate;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes over what the simulator recorded, field by field. */
final class FromSim {

    /** How the trace begins to say whom a fault hit: {@code n1, n3 crash}. */
    private static final Pattern HIT = Pattern.compile("^(n\\d+(?:, n\\d+)*)\\b");

    private FromSim() {}

    static Event event(TraceEvent event) {
        return new Event(
                event.event(),
                event.nanos(),
                kind(event.kind()),
                event.node(),
                event.peer(),
                event.message() == 0 ? Event.NONE : event.message(),
                event.what(),
                change(event.changes()),
                event.notes(),
                event.fault(),
                fate(event.fate()));
    }

    private static Event.Kind kind(TraceKind kind) {
        return switch (kind) {
            case SEND -> Event.Kind.SEND;
            case DELIVER -> Event.Kind.DELIVER;
            case DROP -> Event.Kind.DROP;
            case TIMER -> Event.Kind.TIMER;
            case DISK -> Event.Kind.DISK;
            case CLIENT -> Event.Kind.CLIENT;
            case FAULT -> Event.Kind.FAULT;
            case START -> Event.Kind.START;
            case CRASH -> Event.Kind.CRASH;
            case NOTE -> Event.Kind.NOTE;
            case MONITOR -> Event.Kind.MONITOR;
        };
    }

    /** Only what keeps a message from arriving counts as its fate here. */
    private static String fate(Fate fate) {
        return switch (fate) {
            case LOST -> "lost";
            case CUT -> "cut";
            case NONE, DUPLICATED, DELAYED -> "";
        };
    }

    private static Change change(List<StateChange> changes) {
        Change all = Change.NONE;
        for (StateChange change : changes) {
            all = all.and(one(change));
        }
        return all;
    }

    private static Change one(StateChange change) {
        long v = change.value();
        return switch (change.field()) {
            case ROLE -> Change.role(change.roleName());
            case TERM -> Change.term(v);
            case VOTE -> Change.vote(v);
            case LEADER -> Change.leader(v);
            case COMMIT -> Change.commit(v);
            case APPLIED -> Change.applied(v);
            case LAST -> Change.last(v);
            case LAST_TERM -> Change.lastTerm(v);
            case DURABLE -> Change.durable(v);
        };
    }

    static List<Operation> operations(List<ClientOperation> history) {
        List<Operation> operations = new ArrayList<>();
        for (ClientOperation op : history) {
            operations.add(operation(operations.size(), op));
        }
        return operations;
    }

    private static Operation operation(long id, ClientOperation op) {
        boolean ok = op.outcome() == ClientOperation.Outcome.OK;
        return new Operation(
                id,
                op.client(),
                op.invokeNanos(),
                op.returnNanos() == ClientOperation.OPEN ? Operation.OPEN : op.returnNanos(),
                op.kind().text(),
                op.key(),
                op.kind().isSimple() ? op.value() : Details.words(op.asked()),
                op.expected(),
                switch (op.outcome()) {
                    case OK -> Operation.Outcome.OK;
                    case REFUSED -> Operation.Outcome.REFUSED;
                    case UNKNOWN -> Operation.Outcome.UNKNOWN;
                },
                ok ? result(op) : Details.words(op.answered()),
                ok && op.revision() > 0 ? op.revision() : Event.NONE,
                op.serializable(),
                op.member(),
                op.invokeEvent(),
                op.returnEvent() == 0 ? Event.NONE : op.returnEvent());
    }

    private static String result(ClientOperation op) {
        return switch (op.kind()) {
            case GET -> op.result().isEmpty() ? "absent" : op.result();
            case CAS -> op.result().equals("true") ? "swapped" : "not swapped";
            case DELETE -> op.result().equals("0") ? "was absent" : "deleted";
            case PUT -> "";
            default -> Details.words(op.answered());
        };
    }

    /** The planned faults with whom they hit; those that fire after the run's end are left out. */
    static List<FaultSpan> faults(List<FaultPlan> plans, List<Event> events, long endNanos) {
        List<FaultSpan> spans = new ArrayList<>();
        for (FaultPlan plan : plans) {
            if (plan.atNanos() <= endNanos) {
                spans.add(span(plan, hit(plan.id(), events)));
            }
        }
        return spans;
    }

    private static List<Integer> hit(String fault, List<Event> events) {
        List<Integer> members = new ArrayList<>();
        events.stream()
                .filter(e -> e.kind() == Event.Kind.FAULT && e.fault().equals(fault))
                .findFirst()
                .ifPresent(e -> readHit(e, members));
        return members;
    }

    private static void readHit(Event event, List<Integer> members) {
        Matcher matcher = HIT.matcher(event.what());
        if (matcher.find()) {
            for (String name : matcher.group(1).split(", ", -1)) {
                members.add(Integer.parseInt(name.substring(1)));
            }
        }
    }

    private static FaultSpan span(FaultPlan plan, List<Integer> hit) {
        long until = plan.atNanos() + plan.forNanos();
        Fault fault = plan.fault();
        return new FaultSpan(
                plan.id(), fault.kind(), label(fault, hit), hit, plan.atNanos(), until);
    }

    private static String label(Fault fault, List<Integer> hit) {
        return switch (fault) {
            case Fault.Partition(List<List<Integer>> groups) ->
                    groups.stream().map(FromSim::group).reduce((a, b) -> a + " | " + b).orElse("");
            case Fault.OfLinks it ->
                    it.links().stream()
                            .map(l -> "n" + l.from() + "→n" + l.to())
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("");
            case Fault.LossyLinks lossy -> lossy.loss().toString();
            case Fault.DropFrame it -> "n" + it.link().from() + "→n" + it.link().to();
            case Fault.ReorderedLinks reordered -> reordered.ratio().toString();
            case Fault.OfMembers _ -> names(hit);
        };
    }

    private static String group(List<Integer> members) {
        return "{" + names(members) + "}";
    }

    private static String names(List<Integer> members) {
        return members.stream().map(m -> "n" + m).reduce((a, b) -> a + ", " + b).orElse("");
    }
}
