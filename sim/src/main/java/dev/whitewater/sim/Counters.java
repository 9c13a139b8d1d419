package dev.whitewater.sim;

import java.util.SortedMap;

/**
 * What a run went through, for the summaries of many runs.
 *
 * @param leaderChanges how often a member became leader
 * @param faults how often each kind fired
 * @param messages what became of frames between members
 */
public record Counters(
        long leaderChanges,
        Operations operations,
        SortedMap<String, Long> faults,
        Messages messages) {

    /** Client operations by outcome. */
    public record Operations(long ok, long refused, long unknown) {}

    /** Frames between members by fate. */
    public record Messages(long sent, long delivered, long lost, long cut, long duplicated) {}
}
