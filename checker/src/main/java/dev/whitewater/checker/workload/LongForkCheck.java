package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Jepsen's long fork: every key is written once, reads cover groups of keys. Two reads of one group
 * of which each sees a write that the other doesn't see order the two writes differently: parallel
 * snapshot isolation allows it, snapshot isolation doesn't.
 */
final class LongForkCheck {
    private static final int STEP = 3;

    private LongForkCheck() {}

    static WorkloadResult check(History history, int groupSize, Anomalies anomalies) {
        Map<Set<Value>, List<Operation>> groups = new LinkedHashMap<>();
        Set<Value> written = new LinkedHashSet<>();
        for (Operation operation : history.operations()) {
            anomalies.purse().steps(1L + operation.argument().elements().size());
            for (Value step : operation.argument().elements()) {
                List<Value> parts = step.elements();
                boolean write = parts.size() == STEP && parts.get(0).isNamed("w");
                if (write && !written.add(parts.get(1))) {
                    return WorkloadResult.unknown("key " + parts.get(1) + " is written twice");
                }
            }
            if (operation.isOk() && operation.function().equals("read")) {
                Set<Value> keys = keys(operation);
                if (keys.size() != groupSize) {
                    return WorkloadResult.unknown(
                            "a read covers " + keys.size() + " keys, not " + groupSize);
                }
                groups.computeIfAbsent(keys, _ -> new ArrayList<>()).add(operation);
            }
        }
        groups.values().forEach(reads -> forks(reads, anomalies));
        return anomalies.result();
    }

    private static Set<Value> keys(Operation read) {
        Set<Value> keys = new LinkedHashSet<>();
        for (Value step : read.output().elements()) {
            if (step.elements().size() != STEP) {
                throw new UnsupportedOperation(
                        "long-fork", read, "read [[:r key value] …] and write [[:w key value]]");
            }
            keys.add(step.elements().get(1));
        }
        return keys;
    }

    private static Set<Value> seen(Operation read) {
        Set<Value> seen = new LinkedHashSet<>();
        for (Value step : read.output().elements()) {
            if (!step.elements().get(2).isNil()) {
                seen.add(step.elements().get(1));
            }
        }
        return seen;
    }

    /** Reads that see the same are one; the different ones are few. */
    private static void forks(List<Operation> reads, Anomalies anomalies) {
        Map<Set<Value>, Operation> kinds = new LinkedHashMap<>();
        reads.forEach(read -> kinds.putIfAbsent(seen(read), read));
        List<Map.Entry<Set<Value>, Operation>> different = new ArrayList<>(kinds.entrySet());
        for (int i = 0; i < different.size(); i++) {
            for (int j = i + 1; j < different.size(); j++) {
                anomalies.purse().steps(different.get(i).getKey().size());
                Set<Value> one = different.get(i).getKey();
                Set<Value> other = different.get(j).getKey();
                if (!one.containsAll(other) && !other.containsAll(one)) {
                    String text =
                            "one read saw the writes of keys "
                                    + one
                                    + ", another those of "
                                    + other
                                    + ": each lacks what the other has.";
                    Operation first = different.get(i).getValue();
                    anomalies.add("long-fork", text, first, different.get(j).getValue());
                }
            }
        }
    }
}
