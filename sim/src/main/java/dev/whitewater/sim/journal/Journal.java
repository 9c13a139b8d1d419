package dev.whitewater.sim.journal;

import dev.whitewater.sim.random.Mix;
import dev.whitewater.sim.trace.Fate;
import dev.whitewater.sim.trace.StateChange;
import dev.whitewater.sim.trace.Trace;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers all that happens, mixes it into the run's hash, and remembers: everything, with words, if
 * asked; else the last events as bare numbers. The hash takes in exactly what {@link #record} is
 * given, so it is the same either way.
 */
public final class Journal {

    /** How many events are remembered without being asked. A power of two. */
    static final int REMEMBERED = 1024;

    private final List<TraceLine> lines = new ArrayList<>();
    private final boolean full;
    private final long[] times = new long[REMEMBERED];
    private final long[] messages = new long[REMEMBERED];
    private final int[] heads = new int[REMEMBERED];

    private long now;
    private long last;
    private long hash;
    private long handling;

    public Journal(boolean full) {
        this.full = full;
    }

    /** Whether words are kept: ask before building any. */
    public boolean isFull() {
        return full;
    }

    public void setNow(long simulated) {
        now = simulated;
    }

    public long now() {
        return now;
    }

    /** The number of the last event. */
    public long last() {
        return last;
    }

    public long hash() {
        return hash;
    }

    public long record(TraceKind kind, int node, long payload) {
        return record(kind, node, 0, 0, payload);
    }

    /**
     * Something happens now.
     *
     * @param peer the other member, or 0
     * @param payload what else tells this event from others: a hash of bytes, an outcome, a time
     * @return its number
     */
    public long record(TraceKind kind, int node, int peer, long message, long payload) {
        long event = ++last;
        int head = kind.code() << 16 | node << 8 | peer;
        hash = Mix.with(hash ^ now, head ^ (payload << 24 | payload >>> 40) ^ message);
        int slot = (int) event & REMEMBERED - 1;
        times[slot] = now;
        messages[slot] = message;
        heads[slot] = head;
        if (full) {
            lines.add(new TraceLine(event, now, kind, node, peer, message));
        }
        return event;
    }

    /** Names the event during which members speak: its changes and notes belong to it. */
    public void handling(long event) {
        handling = event;
    }

    public void what(long event, String text) {
        if (full) {
            line(event).what(text);
        }
    }

    public void fault(long event, String id) {
        if (full) {
            line(event).fault(id);
        }
    }

    public void fate(long event, Fate fate, long arriveNanos) {
        if (full) {
            line(event).fate(fate, arriveNanos);
        }
    }

    public void note(String text) {
        if (full && handling > 0) {
            line(handling).note(text);
        }
    }

    public void change(StateChange.Field field, long value) {
        if (full && handling > 0) {
            line(handling).change(new StateChange(field, value));
        }
    }

    public void change(StateChange change) {
        if (full && handling > 0) {
            line(handling).change(change);
        }
    }

    private TraceLine line(long event) {
        return lines.get((int) (event - 1));
    }

    public Trace trace() {
        if (full) {
            return new Trace(true, lines.stream().map(TraceLine::event).toList());
        }
        List<TraceEvent> events = new ArrayList<>();
        for (long event = Math.max(1, last - REMEMBERED + 1); event <= last; event++) {
            int slot = (int) event & REMEMBERED - 1;
            int head = heads[slot];
            TraceKind kind = TraceKind.ofCode(head >>> 16);
            int node = head >>> 8 & 0xFF;
            events.add(
                    new TraceLine(event, times[slot], kind, node, head & 0xFF, messages[slot])
                            .event());
        }
        return new Trace(false, List.copyOf(events));
    }
}
