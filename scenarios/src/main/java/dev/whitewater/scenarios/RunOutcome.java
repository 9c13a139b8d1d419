package dev.whitewater.scenarios;

import dev.whitewater.sim.RunResult;

import java.util.List;

/**
 * A run with all that is known of it.
 *
 * @param claims what the scenario had to show and whether it did; empty if that was not judged
 */
public record RunOutcome(
        PlannedRun run,
        RunResult result,
        Judgement judgement,
        List<ClaimResult> claims,
        Answer answer) {

    public RunOutcome {
        claims = List.copyOf(claims);
    }

    /** A claim, and what the trace says of it. */
    public record ClaimResult(Claim claim, boolean shown, String found) {}

    /**
     * The question and what the trace answers.
     *
     * @param moment the event before which to ask; 0 if there is no question
     * @param because the events that show the answer
     */
    public record Answer(long moment, String asks, String answer, List<Long> because) {
        public static final Answer NONE = new Answer(0, "", "", List.of());

        public Answer {
            because = List.copyOf(because);
        }

        public boolean isGiven() {
            return !asks.isEmpty();
        }
    }
}
