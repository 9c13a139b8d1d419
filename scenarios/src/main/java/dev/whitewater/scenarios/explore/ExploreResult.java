package dev.whitewater.scenarios.explore;

import java.util.List;

/**
 * What an exploration found.
 *
 * @param states the greatest states, up to renaming if symmetry was on
 * @param unreducedStates how many there are when each renaming counts by itself
 * @param seenStates all states that were looked at, superfluous ones too
 * @param transitions steps from one state to another that were looked at
 * @param depth the number of steps to the farthest state
 * @param memberStates distinct states of a single member
 * @param invariant what was violated, empty if nothing
 * @param trace a way to the violation, one step a line
 */
public record ExploreResult(
        Outcome outcome,
        long states,
        long unreducedStates,
        long seenStates,
        long transitions,
        int depth,
        int memberStates,
        String invariant,
        List<String> trace) {

    /** How an exploration ends. */
    public enum Outcome {
        /** Every state within the bounds was seen, and nothing was wrong in any. */
        COMPLETE,
        /** There were more states than allowed. */
        GAVE_UP,
        /** An invariant does not hold in the last state of the trace. */
        VIOLATED
    }
}
