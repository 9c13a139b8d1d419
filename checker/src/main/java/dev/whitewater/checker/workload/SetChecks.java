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

/** Jepsen's set and set-full: unique elements are added, and reads answer the whole set. */
final class SetChecks {
    /** An element in all maps and sets; its add, as an object. */
    private static final int BYTES_PER_ELEMENT = 320;

    private SetChecks() {}

    /** The last read must hold all acknowledged elements and none that nobody tried to add. */
    static WorkloadResult set(History history, Anomalies anomalies) {
        Map<Value, Operation> acknowledged = new LinkedHashMap<>();
        Set<Value> attempted = new LinkedHashSet<>();
        Operation last = null;
        for (Operation operation : history.operations()) {
            anomalies.purse().step();
            if (operation.function().equals("add")) {
                anomalies.purse().take(BYTES_PER_ELEMENT);
                attempted.add(operation.argument());
                if (operation.isOk()) {
                    acknowledged.put(operation.argument(), operation);
                }
            } else if (operation.isOk()
                    && (last == null || returnsLater(history, operation, last))) {
                last = operation;
            }
        }
        if (last == null || last.output().isNil()) {
            return WorkloadResult.unknown(
                    last == null ? "the set was never read" : "the last read of the set is nil");
        }
        Set<Value> seen = new LinkedHashSet<>(elements("set", last));
        for (Map.Entry<Value, Operation> entry : acknowledged.entrySet()) {
            if (!seen.contains(entry.getKey())) {
                String text = entry.getKey() + " was acknowledged, but the last read lacks it.";
                anomalies.add("lost", text, entry.getValue(), last);
            }
        }
        for (Value element : seen) {
            if (!attempted.contains(element)) {
                String text = "the last read has " + element + ", which nobody tried to add.";
                anomalies.add("unexpected", text, last);
            }
        }
        return anomalies.result();
    }

    /** What a read answered; nil is an empty set. */
    private static List<Value> elements(String model, Operation read) {
        Value seen = read.output();
        boolean many = seen instanceof Value.Sequence || seen instanceof Value.Group;
        if (!many && !seen.isNil()) {
            throw new UnsupportedOperation(model, read, "reads that answer a list or a set");
        }
        return seen.elements();
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
    static WorkloadResult setFull(History history, boolean linearizable, Anomalies anomalies) {
        Map<Value, Element> elements = new LinkedHashMap<>();
        List<Operation> reads = new ArrayList<>();
        for (Operation operation : history.operations()) {
            anomalies.purse().step();
            anomalies.purse().take(BYTES_PER_ELEMENT);
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
                : anomalies.result();
    }

    private static void look(
            History history, Map<Value, Element> elements, Operation read, Anomalies anomalies) {
        Set<Value> seen = new LinkedHashSet<>();
        for (Value value : elements("set-full", read)) {
            anomalies.purse().step();
            if (!seen.add(value)) {
                String text = value + " is twice in one read.";
                anomalies.add("duplicate", text, read);
            }
        }
        for (Map.Entry<Value, Element> entry : elements.entrySet()) {
            anomalies.purse().step();
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
            Anomalies anomalies) {
        Operation absent = element.lastAbsent;
        Operation present = element.lastPresent;
        if (absent == null || history.call(absent.id()) < element.known) {
            return present == null ? 0 : 1;
        }
        boolean seenAfter = present != null && present.id() > absent.id();
        if (!seenAfter) {
            String text = value + " was known, but a later read and all after it lack it.";
            anomalies.add("lost", text, element.add, absent);
            return 0;
        }
        if (linearizable) {
            String text = value + " was known, but a later read lacks it; others see it again.";
            anomalies.add("stale", text, element.add, absent, present);
        }
        return 1;
    }
}
