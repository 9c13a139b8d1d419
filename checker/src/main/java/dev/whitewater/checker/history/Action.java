package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

/**
 * What a client asked for.
 *
 * @param function the operation's name, such as {@code read}
 * @param key the part of the system it speaks to, or nil when there is only one
 * @param argument its argument; nil when it has none
 */
public record Action(String function, Value key, Value argument) {
    /** An action on a system of one part. */
    public static Action of(String function, Value argument) {
        return new Action(function, Value.NIL, argument);
    }
}
