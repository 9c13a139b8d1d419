package dev.whitewater.scenarios;

import dev.whitewater.raft.RoleKind;
import dev.whitewater.scenarios.RunOutcome.Answer;
import dev.whitewater.sim.trace.StateChange.Field;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers "who can win this term, and why?" from the trace: at the first campaign after a moment,
 * who runs, who can reach a majority, and whose log is at least as new as those of that majority
 * (thesis §3.4, §3.6.1). Then it tells what came of it.
 */
final class WhoCanWin {
    private final Story story;
    private final TraceEvent candidacy;
    private final MemberStates states;
    private final long term;
    private final Links links;
    private final int members;
    private final int majority;

    private WhoCanWin(Story story, TraceEvent candidacy) {
        this.story = story;
        this.candidacy = candidacy;
        this.states = story.statesUntil(event -> event.event() < candidacy.event());
        this.term = termAfter(story, candidacy);
        this.links = new Links(story, candidacy.nanos());
        this.members = story.plan().cluster().members();
        this.majority = story.plan().cluster().majority();
    }

    static Answer answer(Question question, Story story) {
        if (!question.isAsked()) {
            return Answer.NONE;
        }
        long from =
                question.after().equals(Question.START)
                        ? 0
                        : story.fault(question.after()).atNanos();
        for (TraceEvent event : story.events()) {
            if (event.nanos() >= from && stands(event)) {
                return new WhoCanWin(story, event).answer();
            }
        }
        return noElection(story, from);
    }

    /** Whether a member begins to campaign, by asking around first or for real. */
    private static boolean stands(TraceEvent event) {
        return ClaimCheck.becomes(event, RoleKind.PRE_CANDIDATE)
                || ClaimCheck.becomes(event, RoleKind.CANDIDATE);
    }

    /** Nobody stands: true when a majority is missing and PreVote asks before a term is begun. */
    private static Answer noElection(Story story, long from) {
        for (TraceEvent event : story.events()) {
            if (event.nanos() >= from && event.kind() == TraceKind.FAULT) {
                return new WhoCanWin(story, event).answer();
            }
        }
        return Answer.NONE;
    }

    /** The term that is stood for: one that asks around first has not entered it yet. */
    private static long termAfter(Story story, TraceEvent event) {
        MemberStates after = story.statesUntil(e -> e.event() <= event.event());
        boolean asks = after.role(event.node()) == RoleKind.PRE_CANDIDATE;
        return Math.max(1, after.term(event.node()) + (asks ? 1 : 0));
    }

    private Answer answer() {
        List<String> reasons = new ArrayList<>();
        List<Integer> winners = new ArrayList<>();
        for (int member = 1; member <= members; member++) {
            if (canWin(member)) {
                winners.add(member);
            }
            reasons.add(reason(member));
        }
        String who = winners.isEmpty() ? "Nobody" : "Only " + names(winners);
        if (winners.size() == members) {
            who = "Any of them";
        }
        String answer =
                who
                        + ": "
                        + majority
                        + " of "
                        + members
                        + " votes are needed. "
                        + String.join(" ", reasons)
                        + " "
                        + whatCame();
        return new Answer(
                candidacy.event(), "Who can win term " + term + ", and why?", answer, because());
    }

    private boolean canWin(int candidate) {
        return states.isRunning(candidate) && voters(candidate).size() >= majority;
    }

    /** Who would give this member a vote in the term now, itself included. */
    private List<Integer> voters(int candidate) {
        List<Integer> voters = new ArrayList<>();
        for (int member = 1; member <= members; member++) {
            if (reaches(candidate, member)
                    && isBehindOrLevel(member, candidate)
                    && isFree(member, candidate)) {
                voters.add(member);
            }
        }
        return voters;
    }

    private boolean reaches(int one, int other) {
        return states.isRunning(one) && states.isRunning(other) && links.connected(one, other);
    }

    private boolean isBehindOrLevel(int voter, int candidate) {
        long voterTerm = lastTerm(voter);
        long candidateTerm = lastTerm(candidate);
        return voterTerm < candidateTerm
                || (voterTerm == candidateTerm && last(voter) <= last(candidate));
    }

    private boolean isFree(int voter, int candidate) {
        long vote = states.value(voter, Field.VOTE);
        return voter == candidate || states.term(voter) < term || vote == 0 || vote == candidate;
    }

    private String reason(int member) {
        String name = "n" + member;
        if (!states.isRunning(member)) {
            return name + " is down.";
        }
        List<Integer> reached = new ArrayList<>();
        List<Integer> ahead = new ArrayList<>();
        for (int other = 1; other <= members; other++) {
            if (reaches(member, other)) {
                reached.add(other);
                if (!isBehindOrLevel(other, member)) {
                    ahead.add(other);
                }
            }
        }
        String log = ", its log ends at " + lastTerm(member) + "/" + last(member);
        if (reached.size() < majority) {
            return name + " reaches only " + count(reached.size()) + " of " + members + log + ".";
        }
        if (!canWin(member)) {
            return ahead.isEmpty()
                    ? name
                            + " reaches "
                            + reached.size()
                            + ", but their votes are given"
                            + log
                            + "."
                    : name + " is refused by " + names(ahead) + ", whose log is newer" + log + ".";
        }
        return name + " can get " + count(voters(member).size()) + " votes" + log + ".";
    }

    private static String count(int number) {
        return number == 1 ? "itself, 1" : Integer.toString(number);
    }

    private long last(int member) {
        return states.value(member, Field.LAST);
    }

    private long lastTerm(int member) {
        return last(member) == 0 ? 0 : states.value(member, Field.LAST_TERM);
    }

    private String whatCame() {
        TraceEvent won = victory();
        if (won == null) {
            return "And nobody won term " + term + ".";
        }
        String winner = "n" + won.node() + " won (event " + won.event() + ").";
        return canWin(won.node()) ? "And " + winner : "Later, when that had changed, " + winner;
    }

    /** The event at which somebody became leader of the term. */
    private TraceEvent victory() {
        MemberStates now = new MemberStates(members);
        for (TraceEvent event : story.events()) {
            now.take(event);
            if (ClaimCheck.becomes(event, RoleKind.LEADER) && now.term(event.node()) == term) {
                return event;
            }
        }
        return null;
    }

    /** The candidacy, what stopped others before it, and the victory. */
    private List<Long> because() {
        List<Long> events = new ArrayList<>();
        for (TraceEvent event : story.events()) {
            boolean fault = event.kind() == TraceKind.FAULT || event.kind() == TraceKind.CRASH;
            if (fault && event.event() < candidacy.event()) {
                events.add(event.event());
            }
        }
        events.add(candidacy.event());
        TraceEvent won = victory();
        if (won != null) {
            events.add(won.event());
        }
        return events;
    }

    private static String names(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            text.append(i == 0 ? "" : i == numbers.size() - 1 ? " or " : ", ");
            text.append('n').append(numbers.get(i));
        }
        return text.toString();
    }
}
