package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Event;
import dev.whitewater.reports.run.RecordedRun;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of a run with the look-ups a story needs: by id, by message, by member. */
public final class Trace {

    private final List<Event> events;
    private final int[] previousAtMember;
    private final Map<Long, Integer> sendOfMessage = new HashMap<>();

    public Trace(RecordedRun run) {
        events = run.events();
        previousAtMember = new int[events.size()];
        Map<Integer, Integer> latest = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            int node = event.node();
            previousAtMember[i] = node > 0 ? latest.getOrDefault(node, -1) : -1;
            if (node > 0) {
                latest.put(node, i);
            }
            if (event.kind() == Event.Kind.SEND && event.message() >= 0) {
                sendOfMessage.putIfAbsent(event.message(), i);
            }
        }
    }

    public List<Event> events() {
        return events;
    }

    /** The event with this id, if the trace holds it. */
    public Optional<Event> find(long id) {
        int at = position(id);
        return at < events.size() && events.get(at).id() == id
                ? Optional.of(events.get(at))
                : Optional.empty();
    }

    /** The position of the first event whose id is not below {@code id}. */
    public int position(long id) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).id() < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The event that the trace holds before {@code event}. */
    public Optional<Event> before(long event) {
        int at = position(event) - 1;
        return at >= 0 ? Optional.of(events.get(at)) : Optional.empty();
    }

    /** What {@code member} did last before {@code event}: an answer comes from there. */
    public Optional<Event> latestAt(int member, long event) {
        for (int i = Math.min(position(event), events.size()) - 1; i >= 0; i--) {
            if (events.get(i).node() == member) {
                return Optional.of(events.get(i));
            }
        }
        return Optional.empty();
    }

    /** The event before this one at the same member, or -1. */
    int previousAtMember(int position) {
        return previousAtMember[position];
    }

    /** Where the message that arrives at {@code position} was sent, or -1. */
    int sendingOf(int position) {
        Event event = events.get(position);
        return event.kind() == Event.Kind.DELIVER
                ? sendOfMessage.getOrDefault(event.message(), -1)
                : -1;
    }

    /** The sending of the message that {@code event} delivers or drops. */
    public Optional<Event> sendingOf(Event event) {
        Integer at = sendOfMessage.get(event.message());
        return at == null ? Optional.empty() : Optional.of(events.get(at));
    }
}
