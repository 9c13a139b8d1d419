package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small histories of a CAS register: honest ones, and such in which answers are made up. */
final class RandomHistories {
    private final RandomGenerator random;
    private final int values;

    private final boolean unique;
    private int written;

    RandomHistories(RandomGenerator random, int values) {
        this(random, values, false);
    }

    private RandomHistories(RandomGenerator random, int values, boolean unique) {
        this.random = random;
        this.values = values;
        this.unique = unique;
    }

    /** Histories in which no value is written twice. */
    static RandomHistories unique(RandomGenerator random) {
        return new RandomHistories(random, 0, true);
    }

    /** Answers drawn at random: mostly wrong. */
    History arbitrary(int size, int span) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long call = random.nextInt(span);
            long end = call + random.nextInt(Math.max(1, span / 2));
            operations.add(operation(i, call, end, seen(), seen()));
        }
        return History.of(operations);
    }

    /** Every operation takes effect at an instant inside its interval. */
    History honest(int size, int span) {
        List<long[]> intervals = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long call = random.nextInt(span);
            long end = call + random.nextInt(Math.max(1, span / 2));
            intervals.add(new long[] {call, end, call + random.nextLong(end - call + 1)});
        }
        intervals.sort((a, b) -> Long.compare(a[2], b[2]));
        Value state = Value.NIL;
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long[] at = intervals.get(i);
            Value guess = random.nextInt(3) > 0 ? state : seen();
            Operation drawn = operation(i, at[0], at[1], state, guess);
            if (drawn.function().equals("cas")) {
                boolean matches = drawn.argument().elements().get(0).equals(state);
                if (!matches) {
                    continue;
                }
            }
            if (drawn.outcome() != dev.whitewater.checker.history.Outcome.FAIL
                    && (drawn.isOk() || random.nextBoolean())) {
                state = after(drawn, state);
            }
            operations.add(drawn);
        }
        return History.of(operations);
    }

    private static Value after(Operation operation, Value state) {
        return switch (operation.function()) {
            case "write" -> operation.argument();
            case "cas" -> operation.argument().elements().get(1);
            default -> state;
        };
    }

    private Operation operation(int i, long call, long end, Value seen, Value expected) {
        Value client = Value.of(i);
        int kind = random.nextInt(10);
        Action action =
                kind < 5
                        ? Action.of("read", Value.NIL)
                        : kind < 8 ? Action.of("write", value()) : swap(expected);
        int fate = random.nextInt(12);
        Answer answer = fate == 0 ? Answer.fail() : fate <= 2 ? Answer.NONE : Answer.ok(seen);
        Interval interval =
                answer.outcome() == dev.whitewater.checker.history.Outcome.INFO
                        ? Interval.openSince(call)
                        : new Interval(call, end);
        return new Operation(i, client, action, answer, interval);
    }

    private Action swap(Value expected) {
        Value value = value();
        boolean changes = !unique || !expected.equals(value);
        return Action.of("cas", Value.sequence(changes ? expected : Value.NIL, value));
    }

    private Value value() {
        return unique ? Value.of(++written) : seen();
    }

    /** A value that somebody may have written, or may yet write. */
    private Value seen() {
        if (unique) {
            int drawn = random.nextInt(written + 2);
            return drawn == 0 ? Value.NIL : Value.of(drawn);
        }
        int drawn = random.nextInt(values + 1);
        return drawn == 0 ? Value.NIL : Value.of(drawn);
    }
}
