package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events that make the story of a run: all that the page cites, then the most telling others,
 * up to a limit that a reader can take in.
 *
 * @param told the chosen events, in order
 * @param candidates how many events would have deserved a line
 * @param leftOut what was not chosen, counted by kind, so that nothing is cut silently
 */
public record KeyMoments(List<Event> told, int candidates, Map<Event.Kind, Integer> leftOut) {

    public static final int LIMIT = 200;

    public KeyMoments {
        told = List.copyOf(told);
    }

    /**
     * Chooses among the events of {@code trace}.
     *
     * @param cited ids that other parts of the page link to; they are told whatever their weight
     * @param decisive the event near which the telling is densest
     */
    public static KeyMoments choose(
            Trace trace, Significance significance, Set<Long> cited, long decisive) {
        List<Event> must = new ArrayList<>();
        List<Event> may = new ArrayList<>();
        for (Event event : trace.events()) {
            if (cited.contains(event.id())) {
                must.add(event);
            } else if (significance.inStory(event) > 0) {
                may.add(event);
            }
        }
        may.sort(
                Comparator.<Event>comparingInt(significance::inStory)
                        .reversed()
                        .thenComparingLong(e -> Math.abs(e.id() - decisive))
                        .thenComparingLong(Event::id));
        int room = Math.min(may.size(), Math.max(0, LIMIT - must.size()));
        List<Event> told = new ArrayList<>(must);
        told.addAll(may.subList(0, room));
        told.sort(Comparator.comparingLong(Event::id));
        return new KeyMoments(told, must.size() + may.size(), count(trace, told));
    }

    private static Map<Event.Kind, Integer> count(Trace trace, List<Event> told) {
        Map<Event.Kind, Integer> counts = new EnumMap<>(Event.Kind.class);
        trace.events().forEach(e -> counts.merge(e.kind(), 1, Integer::sum));
        told.forEach(e -> counts.merge(e.kind(), -1, Integer::sum));
        counts.values().removeIf(n -> n == 0);
        return counts;
    }
}
