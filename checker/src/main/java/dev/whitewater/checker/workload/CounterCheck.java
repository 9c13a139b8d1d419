package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.value.Value;

import java.util.Arrays;

/**
 * Jepsen's counter: a read lies between the sum of what was surely added before it was called and
 * the sum of what may have been added before it returned. Additions that lower the counter count
 * the other way round.
 */
final class CounterCheck {
    private static final String KNOWN = "add of a number and read that answers one";

    private final History history;
    private final Anomalies anomalies;

    /** Sums of what raises, and of what lowers. */
    private final long[] surely = new long[2];

    private final long[] maybe = new long[2];
    private final long[] lowest;

    private CounterCheck(History history, Anomalies anomalies) {
        anomalies.purse().take((Long.BYTES + 2L * (Integer.BYTES + 1)) * history.size());
        this.history = history;
        this.anomalies = anomalies;
        this.lowest = new long[history.size()];
    }

    static WorkloadResult check(History history, Anomalies anomalies) {
        try {
            new CounterCheck(history, anomalies).check();
            return anomalies.result();
        } catch (ArithmeticException e) {
            return anomalies.interrupted("the sum of all additions needs more than 64 bits");
        }
    }

    private void check() {
        int[] atEvent = new int[events()];
        boolean[] isReturn = new boolean[atEvent.length];
        Arrays.fill(atEvent, -1);
        for (int op = 0; op < history.size(); op++) {
            anomalies.purse().step();
            atEvent[history.call(op)] = op;
            if (history.completion(op) != History.OPEN) {
                atEvent[history.completion(op)] = op;
                isReturn[history.completion(op)] = true;
            }
        }
        for (int event = 0; event < atEvent.length; event++) {
            anomalies.purse().step();
            int op = atEvent[event];
            if (op >= 0 && !history.isFail(op)) {
                happens(op, isReturn[event]);
            }
        }
    }

    /** An operation is called, or answered. */
    private void happens(int op, boolean answered) {
        Operation operation = history.operation(op);
        if (operation.function().equals("add")) {
            if (!(operation.argument() instanceof Value.Int(long more))) {
                throw new UnsupportedOperation("counter", operation, KNOWN);
            }
            long[] sums = answered ? surely : maybe;
            int way = more < 0 ? 1 : 0;
            sums[way] = Math.addExact(sums[way], more);
        } else if (!answered) {
            // A lowering that was merely called may have happened already.
            lowest[op] = surely[0] + maybe[1];
        } else if (operation.output() instanceof Value.Int(long seen)) {
            judge(operation, seen, lowest[op], maybe[0] + surely[1]);
        } else {
            throw new UnsupportedOperation("counter", operation, KNOWN);
        }
    }

    /** One more than the last event. */
    private int events() {
        int events = 0;
        for (int op = 0; op < history.size(); op++) {
            boolean open = history.completion(op) == History.OPEN;
            int last = open ? history.call(op) : history.completion(op);
            events = Math.max(events, last + 1);
        }
        return events;
    }

    private void judge(Operation read, long seen, long least, long most) {
        if (seen < least || seen > most) {
            String text = "a read saw " + seen + ", but it must lie from " + least + " to " + most;
            anomalies.add("out-of-bounds", text + ".", read);
        }
    }
}
