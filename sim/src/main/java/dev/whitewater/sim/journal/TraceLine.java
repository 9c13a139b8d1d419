package dev.whitewater.sim.journal;

import dev.whitewater.sim.trace.Fate;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;

/** A line of the trace while it is being written. */
final class TraceLine {

    private final long event;
    private final long nanos;
    private final TraceKind kind;
    private final int node;
    private final int peer;
    private final long message;
    private final List<StateChange> changes = new ArrayList<>(0);
    private final List<String> notes = new ArrayList<>(0);
    private String what = "";
    private String fault = "";
    private long arriveNanos;
    private Fate fate = Fate.NONE;

    TraceLine(long event, long nanos, TraceKind kind, int node, int peer, long message) {
        this.event = event;
        this.nanos = nanos;
        this.kind = kind;
        this.node = node;
        this.peer = peer;
        this.message = message;
    }

    void what(String text) {
        what = text;
    }

    void fault(String id) {
        fault = id;
    }

    void fate(Fate newFate, long newArriveNanos) {
        fate = newFate;
        arriveNanos = newArriveNanos;
    }

    void note(String text) {
        notes.add(text);
    }

    void change(StateChange change) {
        changes.add(change);
    }

    TraceEvent event() {
        return new TraceEvent(
                event,
                nanos,
                kind,
                node,
                peer,
                message,
                what,
                List.copyOf(changes),
                List.copyOf(notes),
                fault,
                arriveNanos,
                fate);
    }
}
