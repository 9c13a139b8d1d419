package dev.whitewater.checker.revision;

import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A store with revisions that does one operation at a time, and clients that call it at random. */
final class HonestStore {
    private final Random random;
    private final TreeMap<String, Value> state = new TreeMap<>();
    private long revision = 1;

    HonestStore(Random random) {
        this.random = random;
    }

    History history(int size) {
        List<long[]> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long call = random.nextInt(4 * size);
            long length = random.nextInt(12);
            spans.add(new long[] {call, call + length, call + random.nextLong(length + 1)});
        }
        spans.sort(Comparator.comparingLong(span -> span[2]));
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            operations.add(operation(i, spans.get(i)[0], spans.get(i)[1]));
        }
        return History.of(operations);
    }

    private Operation operation(int i, long call, long end) {
        String key = "k" + random.nextInt(3);
        boolean lost = random.nextInt(8) == 0;
        boolean happens = !lost || random.nextBoolean();
        Value text = Value.text(key);
        Value fresh = Value.text("v" + random.nextInt(6));
        Value now = state.getOrDefault(key, Value.NIL);
        return switch (random.nextInt(5)) {
            case 0 -> {
                if (happens) {
                    set(key, fresh);
                }
                yield made(i, new Action("put", text, fresh), Value.NIL, lost, call, end);
            }
            case 1 -> {
                boolean deletes = happens && !now.isNil();
                if (deletes) {
                    set(key, Value.NIL);
                }
                Value count = Value.of(deletes ? 1 : 0);
                yield made(i, new Action("delete", text, Value.NIL), count, lost, call, end);
            }
            case 2 -> {
                Value expected = random.nextBoolean() ? now : Value.text("v" + random.nextInt(6));
                boolean hit = happens && expected.equals(now);
                if (hit) {
                    set(key, fresh);
                }
                Action action = new Action("cas", text, Value.sequence(expected, fresh));
                yield made(i, action, new Value.Bool(hit), lost, call, end);
            }
            default -> made(i, new Action("get", text, Value.NIL), now, lost, call, end);
        };
    }

    private void set(String key, Value value) {
        state.put(key, value);
        revision++;
    }

    private Operation made(int i, Action action, Value result, boolean lost, long call, long end) {
        Answer answer = lost ? Answer.NONE : Answer.ok(result, revision);
        Interval interval = lost ? Interval.openSince(call) : new Interval(call, end);
        return new Operation(i, Value.of(i), action, answer, interval);
    }
}
