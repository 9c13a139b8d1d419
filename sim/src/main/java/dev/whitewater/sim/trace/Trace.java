package dev.whitewater.sim.trace;

import java.util.List;

/**
 * What happened in a run, in order.
 *
 * @param complete whether it holds every event; else only the last ones, without words
 */
public record Trace(boolean complete, List<TraceEvent> events) {}
