package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Jepsen's sequential and comments: what was written later isn't seen without what came before. */
final class OrderChecks {
    private static final int BYTES_PER_WRITE = 192;

    private OrderChecks() {}

    /**
     * One process writes the parts of a key one after the other; a read answers {@code [key parts]}
     * with the parts in the opposite order. Once it has found a part, it must find all that were
     * written before.
     */
    static WorkloadResult sequential(History history, Anomalies anomalies) {
        for (Operation operation : history.operations()) {
            anomalies.purse().step();
            if (!operation.isOk() || !operation.function().equals("read")) {
                continue;
            }
            List<Value> parts = parts(operation.output());
            boolean found = false;
            for (Value part : parts) {
                anomalies.purse().step();
                if (found && part.isNil()) {
                    String text = "a read found a part, but not one written before: " + parts + ".";
                    anomalies.add("out-of-order", text, operation);
                    break;
                }
                found |= !part.isNil();
            }
        }
        return anomalies.result();
    }

    /** The answer itself, or the second half of {@code [key parts]}. */
    private static List<Value> parts(Value answer) {
        List<Value> elements = answer.elements();
        boolean keyed =
                elements.size() == 2
                        && (elements.get(1) instanceof Value.Sequence
                                || elements.get(1) instanceof Value.Group);
        return keyed ? elements.get(1).elements() : elements;
    }

    /**
     * Unique elements are written, reads answer all. A read that has an element has all whose
     * writes had returned before the write of that one was called.
     */
    static WorkloadResult comments(History history, Anomalies anomalies) {
        List<Operation> writes = new ArrayList<>();
        for (Operation operation : history.operations()) {
            anomalies.purse().step();
            if (operation.function().equals("write")) {
                anomalies.purse().take(BYTES_PER_WRITE);
                writes.add(operation);
            }
        }
        for (Operation operation : history.operations()) {
            if (operation.isOk() && operation.function().equals("read")) {
                List<Value> parts = parts(operation.output());
                anomalies.purse().steps(parts.size());
                Set<Value> seen = new LinkedHashSet<>(parts);
                judge(history, operation, seen, writes, anomalies);
            }
        }
        return anomalies.result();
    }

    private static void judge(
            History history,
            Operation read,
            Set<Value> seen,
            List<Operation> writes,
            Anomalies anomalies) {
        Operation latest = null;
        for (Operation write : writes) {
            anomalies.purse().step();
            if (seen.contains(element(write))) {
                latest = write;
            }
        }
        if (latest == null) {
            return;
        }
        for (Operation write : writes) {
            boolean earlier = history.completion(write.id()) < history.call(latest.id());
            if (write.isOk() && earlier && !seen.contains(element(write))) {
                String text =
                        "a read has "
                                + element(latest)
                                + " but lacks "
                                + element(write)
                                + ", whose write had returned before that of the other was"
                                + " called.";
                anomalies.add("missing", text, write, latest, read);
                return;
            }
        }
    }

    /** The written element, or the second half of {@code [key element]}. */
    private static Value element(Operation write) {
        List<Value> pair = write.argument().elements();
        return pair.size() == 2 ? pair.get(1) : write.argument();
    }
}
