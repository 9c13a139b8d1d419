package dev.whitewater.raft;

/**
 * Where election timeouts get their randomness from (thesis §3.4). The core asks with what it
 * decides, so that a deterministic source can answer each question on its own, whatever was asked
 * before.
 */
public interface ElectionJitter {

    /**
     * A number of ticks in {@code [0, boundTicks)} for this member's {@code attempt}-th timeout
     * since it started.
     */
    int jitterTicks(long attempt, int boundTicks);
}
