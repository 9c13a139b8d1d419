package dev.whitewater.reports.story;

import dev.whitewater.reports.run.Change;
import dev.whitewater.reports.run.Event;

import java.util.ArrayList;
import java.util.List;

/**
 * Says in words what an event did. A sentence holds only what the trace holds: the change, the
 * event's own text, the member's reasons.
 */
public final class Narrator {

    private final StateHistory states;
    private final Significance significance;

    public Narrator(StateHistory states, Significance significance) {
        this.states = states;
        this.significance = significance;
    }

    /** The name of a member as every part of the page writes it. */
    public static String name(long member) {
        return member == 0 ? "nobody" : "n" + member;
    }

    /** One sentence without a full stop: who did what. */
    public String sentence(Event event) {
        return switch (event.kind()) {
            case CRASH -> crash(event);
            case START -> start(event);
            case FAULT -> fault(event);
            case MONITOR -> event.what();
            case DROP -> dropped(event);
            default -> changed(event);
        };
    }

    /** What set it off and the member's reasons; empty when the sentence says it all. */
    public String detail(Event event) {
        List<String> parts = new ArrayList<>();
        boolean noted = event.change().isNone() && event.node() > 0 && !event.notes().isEmpty();
        boolean told = event.change().isNone() && !noted;
        switch (event.kind()) {
            case DELIVER ->
                    parts.add(
                            told
                                    ? "from " + name(event.peer())
                                    : "on " + event.what() + " from " + name(event.peer()));
            case SEND -> parts.add("sending " + event.what() + " to " + name(event.peer()));
            case TIMER, DISK, CLIENT, NOTE, OTHER -> {
                if (!told && !event.what().isEmpty()) {
                    parts.add("on " + event.what());
                }
            }
            default -> {}
        }
        parts.addAll(noted ? event.notes().subList(1, event.notes().size()) : event.notes());
        return String.join(" · ", parts);
    }

    private static String fault(Event event) {
        return event.fault().isEmpty()
                ? event.what()
                : "fault " + event.fault() + ": " + event.what();
    }

    private String crash(Event event) {
        MemberState before = states.before(event.node(), event.id());
        String text = name(event.node()) + " crashes";
        if (before.atRisk() > 0) {
            text += ", its disk still without the last " + entries(before.atRisk());
        }
        return withFault(text, event);
    }

    private String start(Event event) {
        MemberState before = states.before(event.node(), event.id());
        MemberState after = states.at(event.node(), event.id());
        boolean again = before.last() > 0 || before.term() > 0;
        if (!again) {
            return name(event.node()) + " starts";
        }
        String text = name(event.node()) + " starts again from its disk";
        long lost = before.last() - after.last();
        if (lost > 0) {
            text += ": " + (lost == 1 ? "one entry" : entries(lost)) + " fewer than before";
        }
        return text;
    }

    private static String withFault(String text, Event event) {
        return event.fault().isEmpty() ? text : text + " (fault " + event.fault() + ")";
    }

    private static String entries(long count) {
        return count == 1 ? "entry" : count + " entries";
    }

    private String dropped(Event event) {
        String route =
                event.node() > 0 && event.peer() > 0
                        ? " between " + name(event.peer()) + " and " + name(event.node())
                        : "";
        return withFault(event.what() + route + " is lost", event);
    }

    private String changed(Event event) {
        Change change = event.change();
        String who = name(event.node());
        if (change.changesRole()) {
            return who + " " + roleClause(event);
        }
        if (significance.shrinksLog(event)) {
            long before = states.before(event.node(), event.id()).last();
            return who + " removes entries " + (change.last() + 1) + ".." + before + " of its log";
        }
        if (significance.isFirstCommitOfTerm(event)) {
            MemberState after = states.at(event.node(), event.id());
            return who
                    + " commits for the first time in term "
                    + after.term()
                    + ", index "
                    + after.commit();
        }
        List<String> clauses = fieldClauses(change);
        if (!clauses.isEmpty()) {
            return who + " " + String.join(", ", clauses);
        }
        if (event.node() > 0 && !event.notes().isEmpty()) {
            return who + " " + event.notes().getFirst();
        }
        return event.node() > 0 ? who + ": " + event.what() : event.what();
    }

    private String roleClause(Event event) {
        MemberState before = states.before(event.node(), event.id());
        MemberState after = states.at(event.node(), event.id());
        String term = " of term " + after.term();
        return switch (after.role()) {
            case LEADER -> "becomes leader" + term;
            case CANDIDATE -> "stands for election in term " + after.term();
            case PRE_CANDIDATE -> "asks whether it could win term " + (after.term() + 1);
            case FOLLOWER -> {
                String old = before.role() == Role.LEADER ? "steps down as leader" : "follows";
                yield before.role() == Role.LEADER
                        ? old + " of term " + before.term()
                        : old
                                + (after.leader() > 0 ? " " + name(after.leader()) : "")
                                + " in term "
                                + after.term();
            }
            case OTHER -> "changes its role to " + event.change().role();
        };
    }

    private static List<String> fieldClauses(Change change) {
        List<String> clauses = new ArrayList<>();
        if (change.changesTerm()) {
            clauses.add("learns of term " + change.term());
        }
        if (change.vote() != Change.SAME && change.vote() != 0) {
            clauses.add("votes for " + name(change.vote()));
        }
        if (change.leader() != Change.SAME && change.leader() != 0) {
            clauses.add("follows " + name(change.leader()));
        }
        if (change.last() != Change.SAME) {
            clauses.add("has a log up to " + change.last());
        }
        if (change.durable() != Change.SAME) {
            clauses.add("has it on disk up to " + change.durable());
        }
        if (change.commit() != Change.SAME) {
            clauses.add("knows " + change.commit() + " committed");
        }
        if (change.applied() != Change.SAME) {
            clauses.add("applies up to " + change.applied());
        }
        return clauses;
    }
}
