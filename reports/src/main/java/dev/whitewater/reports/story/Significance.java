package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Change;
import dev.whitewater.reports.run.Event;

import java.util.HashSet;
import java.util.Set;

/**
 * How much an event tells a reader who has time for a few only. Decided once per run, since some
 * weights depend on what was there before: the first commit of a term, a log that shrinks.
 */
public final class Significance {

    private final StateHistory states;
    private final Set<Long> firstCommits = new HashSet<>();

    public Significance(Trace trace, StateHistory states) {
        this.states = states;
        Set<Long> termsWithCommit = new HashSet<>();
        for (Event event : trace.events()) {
            if (event.change().commit() != Change.SAME && event.node() > 0) {
                MemberState after = states.at(event.node(), event.id());
                if (after.role() == Role.LEADER && termsWithCommit.add(after.term())) {
                    firstCommits.add(event.id());
                }
            }
        }
    }

    /** For the story of the whole run; 0 = not worth a line. */
    public int inStory(Event event) {
        int weight = byKind(event);
        Change change = event.change();
        if (change.changesRole()) {
            weight = Math.max(weight, byRole(change));
        }
        if (shrinksLog(event)) {
            weight = Math.max(weight, 75);
        }
        if (firstCommits.contains(event.id())) {
            weight = Math.max(weight, 65);
        }
        if (change.changesTerm()) {
            weight = Math.max(weight, 50);
        }
        return event.notes().isEmpty() ? weight : Math.max(weight, 40);
    }

    /** For the causal list; 0 = not about a fault, a role or a log. */
    int inside(Event event) {
        Change change = event.change();
        if (isPlain(event)) {
            return 0;
        }
        int weight = inStory(event);
        if (change.vote() != Change.SAME && change.vote() != 0) {
            weight = Math.max(weight, 60);
        }
        if (change.changesLog()) {
            weight = Math.max(weight, change.last() != Change.SAME ? 30 : 25);
        }
        return weight;
    }

    /** A first start, or a crash that its own event tells better than the fault's. */
    private boolean isPlain(Event event) {
        return switch (event.kind()) {
            case START -> {
                MemberState before = states.before(event.node(), event.id());
                yield before.term() == 0 && before.last() == 0;
            }
            case FAULT -> event.what().endsWith(" crash") && !event.fault().isEmpty();
            default -> false;
        };
    }

    /** Whether the member's log lost entries at this event. */
    public boolean shrinksLog(Event event) {
        long last = event.change().last();
        return last != Change.SAME
                && event.node() > 0
                && last < states.before(event.node(), event.id()).last();
    }

    public boolean isFirstCommitOfTerm(Event event) {
        return firstCommits.contains(event.id());
    }

    private static int byKind(Event event) {
        return switch (event.kind()) {
            case MONITOR -> 120;
            case FAULT, CRASH -> 100;
            case START -> 90;
            case NOTE -> 40;
            default -> 0;
        };
    }

    private static int byRole(Change change) {
        return switch (Role.of(change.role())) {
            case LEADER -> 95;
            case CANDIDATE -> 70;
            case FOLLOWER -> 60;
            case PRE_CANDIDATE -> 45;
            case OTHER -> 40;
        };
    }
}
