package dev.whitewater.sim.monitor;

import dev.whitewater.store.Operation;

/**
 * What a client asked about keys.
 *
 * @param number the operation's, in the history
 * @param floor the highest revision that was known when it was called; -1: it may miss some
 */
public record Question(long number, Operation operation, long floor) {}
