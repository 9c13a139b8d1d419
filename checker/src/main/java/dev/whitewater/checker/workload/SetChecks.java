package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.workload.WorkloadResult.Anomaly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jepsen's set and set-full: unique elements are added, and reads answer the whole set. */
final class SetChecks {
    private SetChecks() {}

    /** The last read must hold all acknowledged elements and none that nobody tried to add. */
    static WorkloadResult set(History history) {
        Map<Value, Operation> acknowledged = new LinkedHashMap<>();
        Set<Value> attempted = new LinkedHashSet<>();
        Operation last = null;
        for (Operation operation : history.operations()) {
            if (operation.function().equals("add")) {
                attempted.add(operation.argument());
                if (operation.isOk()) {
                    acknowledged.put(operation.argument(), operation);
                }
            } else if (operation.isOk()
                    && (last == null || returnsLater(history, operation, last))) {
                last = operation;
            }
        }
        if (last == null) {
            return WorkloadResult.unknown("the set was never read");
        }
        Set<Value> seen = new LinkedHashSet<>(last.output().elements());
        List<Anomaly> anomalies = new ArrayList<>();
        for (Map.Entry<Value, Operation> entry : acknowledged.entrySet()) {
            if (!seen.contains(entry.getKey())) {
                String text = entry.getKey() + " was acknowledged, but the last read lacks it.";
                anomalies.add(new Anomaly("lost", text, List.of(entry.getValue(), last)));
            }
        }
        for (Value element : seen) {
            if (!attempted.contains(element)) {
                String text = "the last read has " + element + ", which nobody tried to add.";
                anomalies.add(new Anomaly("unexpected", text, List.of(last)));
            }
        }
        return WorkloadResult.of(anomalies);
    }

    private static boolean returnsLater(History history, Operation one, Operation other) {
        return history.completion(one.id()) > history.completion(other.id());
    }

    /** What is known of one element. */
    private static final class Element {
        private Operation add;
        private long known = Long.MAX_VALUE;
        private Operation lastPresent;
        private Operation lastAbsent;
    }

    /**
     * An element is known once its add is acknowledged or a read has seen it. A read called later
     * that lacks it shows it lost, if no read called after that one has it, else stale.
     */
    static WorkloadResult setFull(History history, boolean linearizable) {
        Map<Value, Element> elements = new LinkedHashMap<>();
        List<Operation> reads = new ArrayList<>();
        List<Anomaly> anomalies = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (operation.function().equals("add")) {
                Element element =
                        elements.computeIfAbsent(operation.argument(), _ -> new Element());
                element.add = operation;
                if (operation.isOk()) {
                    element.known = Math.min(element.known, history.completion(operation.id()));
                }
            } else if (operation.isOk()) {
                reads.add(operation);
            }
        }
        for (Operation read : reads) {
            look(history, elements, read, anomalies);
        }
        int stable = 0;
        for (Map.Entry<Value, Element> entry : elements.entrySet()) {
            stable += judge(history, entry.getKey(), entry.getValue(), linearizable, anomalies);
        }
        return anomalies.isEmpty() && stable == 0
                ? WorkloadResult.unknown("no element was ever seen to stay")
                : WorkloadResult.of(anomalies);
    }

    private static void look(
            History history,
            Map<Value, Element> elements,
            Operation read,
            List<Anomaly> anomalies) {
        Set<Value> seen = new LinkedHashSet<>();
        for (Value value : read.output().elements()) {
            if (!seen.add(value)) {
                String text = value + " is twice in one read.";
                anomalies.add(new Anomaly("duplicate", text, List.of(read)));
            }
        }
        for (Map.Entry<Value, Element> entry : elements.entrySet()) {
            Element element = entry.getValue();
            if (seen.contains(entry.getKey())) {
                element.known = Math.min(element.known, history.completion(read.id()));
                element.lastPresent = read;
            } else {
                element.lastAbsent = read;
            }
        }
    }

    /** Returns 1 if the element was seen to stay. */
    private static int judge(
            History history,
            Value value,
            Element element,
            boolean linearizable,
            List<Anomaly> anomalies) {
        Operation absent = element.lastAbsent;
        Operation present = element.lastPresent;
        if (absent == null || history.call(absent.id()) < element.known) {
            return present == null ? 0 : 1;
        }
        boolean seenAfter = present != null && present.id() > absent.id();
        if (!seenAfter) {
            String text = value + " was known, but a later read and all after it lack it.";
            anomalies.add(new Anomaly("lost", text, List.of(element.add, absent)));
            return 0;
        }
        if (linearizable) {
            String text = value + " was known, but a later read lacks it; others see it again.";
            anomalies.add(new Anomaly("stale", text, List.of(element.add, absent, present)));
        }
        return 1;
    }
}
