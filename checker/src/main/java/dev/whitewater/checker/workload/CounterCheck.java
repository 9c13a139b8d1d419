package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.workload.WorkloadResult.Anomaly;

import java.util.ArrayList;
import java.util.List;

/**
 * Jepsen's counter: a read lies between the sum of what was surely added before it was called and
 * the sum of what may have been added before it returned. Additions that lower the counter count
 * the other way round.
 */
final class CounterCheck {
    private CounterCheck() {}

    static WorkloadResult check(History history) {
        long[] surely = new long[2];
        long[] maybe = new long[2];
        int events = events(history);
        int[] atEvent = new int[events];
        boolean[] isReturn = new boolean[events];
        java.util.Arrays.fill(atEvent, -1);
        for (int op = 0; op < history.size(); op++) {
            atEvent[history.call(op)] = op;
            if (history.completion(op) != History.OPEN) {
                atEvent[history.completion(op)] = op;
                isReturn[history.completion(op)] = true;
            }
        }
        long[] lowest = new long[history.size()];
        List<Anomaly> anomalies = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            int op = atEvent[event];
            if (op < 0 || history.isFail(op)) {
                continue;
            }
            Operation operation = history.operation(op);
            if (operation.function().equals("add")) {
                long more = operation.argument() instanceof Value.Int(long n) ? n : 0;
                long[] sums = isReturn[event] ? surely : maybe;
                sums[more < 0 ? 1 : 0] += more;
            } else if (!isReturn[event]) {
                // A lowering that was merely called may have happened already.
                lowest[op] = surely[0] + maybe[1];
            } else if (operation.output() instanceof Value.Int(long seen)) {
                judge(operation, seen, lowest[op], maybe[0] + surely[1], anomalies);
            }
        }
        return WorkloadResult.of(anomalies);
    }

    /** One more than the last event. */
    private static int events(History history) {
        int events = 0;
        for (int op = 0; op < history.size(); op++) {
            boolean open = history.completion(op) == History.OPEN;
            int last = open ? history.call(op) : history.completion(op);
            events = Math.max(events, last + 1);
        }
        return events;
    }

    private static void judge(
            Operation read, long seen, long lowest, long highest, List<Anomaly> anomalies) {
        if (seen < lowest || seen > highest) {
            String text =
                    "a read saw " + seen + ", but it must lie from " + lowest + " to " + highest;
            anomalies.add(new Anomaly("out-of-bounds", text + ".", List.of(read)));
        }
    }
}
