package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Value;

/**
 * What came back.
 *
 * @param outcome what is known about the effect
 * @param value the answer; nil when unknown or when there is none
 * @param revision the store revision that the answer carried, or 0
 */
public record Answer(Outcome outcome, Value value, long revision) {
    /** No answer ever: the effect is unknown. */
    public static final Answer NONE = new Answer(Outcome.INFO, Value.NIL, 0);

    public static Answer ok(Value value) {
        return new Answer(Outcome.OK, value, 0);
    }

    public static Answer ok(Value value, long revision) {
        return new Answer(Outcome.OK, value, revision);
    }

    public static Answer fail() {
        return new Answer(Outcome.FAIL, Value.NIL, 0);
    }
}
