package dev.whitewater.checker.history;

import dev.whitewater.checker.value.Padding;
import dev.whitewater.checker.value.Value;

/**
 * One operation of one client: a call, and its answer if there was one.
 *
 * @param id its number in the history it belongs to
 * @param client who called, as the history names it
 */
public record Operation(int id, Value client, Action action, Answer answer, Interval interval) {
    public String function() {
        return action.function();
    }

    public Value key() {
        return action.key();
    }

    public Value argument() {
        return action.argument();
    }

    public Outcome outcome() {
        return answer.outcome();
    }

    /** Whether the answer is known; if not, {@link #output()} says nothing. */
    public boolean isOk() {
        return answer.outcome() == Outcome.OK;
    }

    public Value output() {
        return answer.value();
    }

    /** Whether this had returned before the other was called. */
    public boolean before(Operation other) {
        return interval.before(other.interval);
    }

    /** For people: long paddings are cut short. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(function()).append('(');
        if (!key().isNil()) {
            text.append(key()).append(argument().isNil() ? "" : ", ");
        }
        text.append(argument().isNil() ? "" : argument().toString()).append(')');
        switch (outcome()) {
            case OK -> text.append(" → ").append(output().isNil() ? "nil" : output().toString());
            case FAIL -> text.append(" refused");
            case INFO -> text.append(" unanswered");
        }
        if (answer.revision() != 0) {
            text.append(" at revision ").append(answer.revision());
        }
        return Padding.shortened(text.toString());
    }
}
