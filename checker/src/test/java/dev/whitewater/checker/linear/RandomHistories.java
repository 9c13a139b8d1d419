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

    RandomHistories(RandomGenerator random, int values) {
        this.random = random;
        this.values = values;
    }

    /** Answers drawn at random: mostly wrong. */
    History arbitrary(int size, int span) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long call = random.nextInt(span);
            long end = call + random.nextInt(Math.max(1, span / 2));
            operations.add(operation(i, call, end, value()));
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
            Operation drawn = operation(i, at[0], at[1], state);
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

    private Operation operation(int i, long call, long end, Value seen) {
        Value client = Value.of(i);
        int kind = random.nextInt(10);
        Action action =
                kind < 5
                        ? Action.of("read", Value.NIL)
                        : kind < 8
                                ? Action.of("write", value())
                                : Action.of("cas", Value.sequence(value(), value()));
        int fate = random.nextInt(12);
        Answer answer = fate == 0 ? Answer.fail() : fate <= 2 ? Answer.NONE : Answer.ok(seen);
        Interval interval =
                answer.outcome() == dev.whitewater.checker.history.Outcome.INFO
                        ? Interval.openSince(call)
                        : new Interval(call, end);
        return new Operation(i, client, action, answer, interval);
    }

    private Value value() {
        int drawn = random.nextInt(values + 1);
        return drawn == 0 ? Value.NIL : Value.of(drawn);
    }
}
