package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.value.Value;

import java.util.List;

/**
 * Jepsen's {@code drain}: a client dequeues until nothing is left, and answers all that it got. It
 * isn't done at one instant, so it becomes as many dequeues, each of them somewhere between the
 * drain's call and its return. One without an answer is refused: nobody knows how much it took.
 */
final class Drains {
    private static final String DRAIN = "drain";

    private final History history;
    private final HistoryBuilder builder = new HistoryBuilder();

    /** Per operation of the old history the first of those that it became. */
    private final int[] firsts;

    private Drains(History history) {
        this.history = history;
        this.firsts = new int[history.size()];
    }

    /** The same history with a dequeue for each element that was drained. */
    static History expanded(History history) {
        return history.functionNames().contains(DRAIN) ? new Drains(history).expanded() : history;
    }

    private History expanded() {
        for (int op = 0; op < history.size(); op++) {
            boolean unanswered = !history.isOk(op) && !history.isFail(op);
            if (unanswered && history.function(op).equals(DRAIN)) {
                throw new HistoryFormatException(
                        1,
                        1,
                        "an answer to every drain (nobody knows how much one without it took)",
                        "drain() of client " + history.operation(op).client() + " unanswered");
            }
        }
        for (int code : BinaryForm.events(history)) {
            int op = code >>> 1;
            if ((code & 1) == 0) {
                call(op);
            } else {
                complete(op);
            }
        }
        return builder.build();
    }

    private boolean isDrained(int op) {
        return history.isOk(op) && history.function(op).equals(DRAIN);
    }

    private List<Value> elements(int op) {
        return history.value(history.output(op)).elements();
    }

    private void call(int op) {
        firsts[op] = builder.size();
        int times = isDrained(op) ? elements(op).size() : 1;
        for (int i = 0; i < times; i++) {
            builder.invokeIds(
                    id(history.client(op)),
                    builder.functionId(isDrained(op) ? "dequeue" : history.function(op)),
                    id(history.key(op)),
                    id(history.argument(op)),
                    history.invoked(op));
        }
    }

    private void complete(int op) {
        List<Value> outputs =
                isDrained(op) ? elements(op) : List.of(history.value(history.output(op)));
        for (int i = 0; i < outputs.size(); i++) {
            Answer answer = new Answer(history.outcome(op), outputs.get(i), history.revision(op));
            builder.complete(firsts[op] + i, answer, history.completed(op));
        }
    }

    private int id(int value) {
        return builder.values().idOf(history.value(value));
    }
}
