package dev.whitewater.sim.monitor;

import dev.whitewater.store.Caller;
import dev.whitewater.store.Operation;

/**
 * What a client asked about keys.
 *
 * @param number the operation's, in the history
 * @param floor the highest revision that was known when it was called; -1: it may miss some
 * @param reader who is to be shown keys without the log; a member itself if the log has the word
 */
public record Question(long number, Operation operation, long floor, Caller reader) {

    /** That goes through the log. */
    public Question(long number, Operation operation, long floor) {
        this(number, operation, floor, Caller.MEMBER);
    }
}
