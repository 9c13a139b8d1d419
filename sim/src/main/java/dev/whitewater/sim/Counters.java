package dev.whitewater.sim;

import java.util.SortedMap;

/**
 * What a run went through, for the summaries of many runs.
 *
 * @param leaderChanges how often a member became leader
 * @param faults how often each kind fired
 * @param probes how often the run came into each interesting situation, by {@link Probe#text}
 * @param messages what became of frames between members
 */
public record Counters(
        long leaderChanges,
        Operations operations,
        SortedMap<String, Long> faults,
        SortedMap<String, Long> probes,
        Messages messages) {

    /** Client operations by outcome. */
    public record Operations(long ok, long refused, long unknown) {}

    /** Frames between members by fate. */
    public record Messages(long sent, long delivered, long lost, long cut, long duplicated) {}
}
