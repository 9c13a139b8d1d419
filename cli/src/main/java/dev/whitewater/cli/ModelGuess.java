package dev.whitewater.cli;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.value.Value;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tells from the operations of a history what they act on, where the user doesn't name it. */
final class ModelGuess {
    private static final List<String> OF_REGISTERS = List.of("read", "write", "cas");
    private static final String NAME_IT = "name the model with --model.";

    private final History history;
    private final List<String> functions;

    private ModelGuess(History history) {
        this.history = history;
        this.functions = history.functionNames();
    }

    /** The model that the operations suggest. */
    static CheckModel of(History history) {
        return new CheckModel(new ModelGuess(history).name());
    }

    private String name() {
        if (anyOf("acquire", "release")) {
            return "mutex";
        }
        if (anyOf("enqueue", "dequeue")) {
            return "queue";
        }
        if (functions.stream().anyMatch(ModelGuess::isOfEtcd)) {
            return "etcd";
        }
        if (functions.contains("transfer") || readsBalances()) {
            return "bank";
        }
        if (functions.contains("add")) {
            return added();
        }
        if (functions.contains("txn") && !functions.contains("put")) {
            if (appends()) {
                throw Refused.usage(
                        "these are transactions over lists: ./whitewater elle judges them.");
            }
            return "multi-register";
        }
        if (anyOf("get", "put", "append")) {
            return anyOf("delete", "cas", "range", "txn", "get-serializable") ? "etcd" : "kv";
        }
        return readAndWritten();
    }

    private boolean anyOf(String... names) {
        return List.of(names).stream().anyMatch(functions::contains);
    }

    private static boolean isOfEtcd(String function) {
        return List.of("lease-", "auth-", "user-", "role-").stream().anyMatch(function::startsWith)
                || List.of("range", "delete-range", "put-leased", "compact").contains(function);
    }

    /** Reads that answer maps, and nobody who wrote one. */
    private boolean readsBalances() {
        return functions.equals(List.of("read"))
                && anyRead(seen -> seen instanceof Value.Mapping map && map.size() > 0);
    }

    /** Additions to a set, which is read at the end or all along, or to a counter. */
    private String added() {
        if (anyRead(seen -> seen instanceof Value.Int)) {
            return "counter";
        }
        if (!anyRead(ModelGuess::isCollection)) {
            if (addsTheSameTwice()) {
                return "counter";
            }
            throw Refused.usage(
                    "no read was answered that tells whether additions are to a set or to a"
                            + " counter: "
                            + NAME_IT);
        }
        if (functions.contains("remove")) {
            return "linearizable-set";
        }
        return readsAtTheEnd() ? "set" : "set-full";
    }

    /** Sets are tested with elements that are unlike. */
    private boolean addsTheSameTwice() {
        Set<Integer> added = new LinkedHashSet<>();
        for (int op = 0; op < history.size(); op++) {
            boolean number = history.value(history.argument(op)) instanceof Value.Int;
            if (history.function(op).equals("add") && number && !added.add(history.argument(op))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the reads were called after all that was acknowledged. */
    private boolean readsAtTheEnd() {
        int lastAdd = -1;
        int firstRead = Integer.MAX_VALUE;
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op) && isRead(op)) {
                firstRead = Math.min(firstRead, history.call(op));
            } else if (history.isOk(op)) {
                lastAdd = Math.max(lastAdd, history.completion(op));
            }
        }
        return lastAdd < firstRead;
    }

    /** What has reads and writes: a register, or one of Jepsen's tests of orders. */
    private String readAndWritten() {
        for (String function : functions) {
            if (!OF_REGISTERS.contains(function)) {
                throw Refused.usage(
                        "no model is known by the operation \"" + function + "\": " + NAME_IT);
            }
        }
        if (functions.contains("cas")) {
            return "cas-register";
        }
        if (functions.contains("read") && readsGroups()) {
            return "long-fork";
        }
        if (functions.contains("write") && writesScalars() && readsOnly(ModelGuess::isKeyed)) {
            return "sequential";
        }
        return functions.contains("write") && readsOnly(ModelGuess::isCollection) && seesWrites()
                ? "comments"
                : "cas-register";
    }

    private boolean writesScalars() {
        for (int op = 0; op < history.size(); op++) {
            if (!isRead(op) && isCollection(history.value(history.argument(op)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the reads answer collections of what was written, or of its second halves. */
    private boolean seesWrites() {
        Set<Value> written = new LinkedHashSet<>();
        Set<Value> whole = new LinkedHashSet<>();
        for (int op = 0; op < history.size(); op++) {
            if (!isRead(op)) {
                Value argument = history.value(history.argument(op));
                List<Value> pair = argument.elements();
                whole.add(argument);
                written.add(pair.size() == 2 ? pair.get(1) : argument);
            }
        }
        return !anyRead(whole::contains)
                && anyRead(seen -> parts(seen).stream().anyMatch(written::contains));
    }

    private static List<Value> parts(Value seen) {
        return isKeyed(seen) ? seen.elements().get(1).elements() : seen.elements();
    }

    private static boolean isKeyed(Value seen) {
        List<Value> pair = seen.elements();
        return seen instanceof Value.Sequence && pair.size() == 2 && isCollection(pair.get(1));
    }

    private static boolean isCollection(Value seen) {
        return seen instanceof Value.Sequence || seen instanceof Value.Group;
    }

    /** Whether operations are lists of {@code [:r key value]} and {@code [:w key value]}. */
    private boolean readsGroups() {
        for (int op = 0; op < history.size(); op++) {
            List<Value> steps = history.value(history.argument(op)).elements();
            boolean group = !steps.isEmpty();
            for (Value step : steps) {
                List<Value> parts = step.elements();
                group &= parts.size() == 3 && isStep(parts.getFirst());
            }
            if (!group) {
                return false;
            }
        }
        return history.size() > 0;
    }

    private static boolean isStep(Value name) {
        return name.isNamed("r") || name.isNamed("w");
    }

    private boolean appends() {
        for (int op = 0; op < history.size(); op++) {
            for (Value step : history.value(history.argument(op)).elements()) {
                List<Value> parts = step.elements();
                if (!parts.isEmpty() && parts.getFirst().isNamed("append")) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isRead(int op) {
        return history.function(op).equals("read");
    }

    /** Whether some read answered such a thing, and not nil. */
    private boolean anyRead(Predicate<Value> like) {
        for (int op = 0; op < history.size(); op++) {
            if (history.isOk(op) && isRead(op)) {
                Value seen = history.value(history.output(op));
                if (!seen.isNil() && like.test(seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether reads answered such things, and nothing else but nil. */
    private boolean readsOnly(Predicate<Value> like) {
        return anyRead(like) && !anyRead(like.negate());
    }

    /** How many keys the first answered read of a long fork covers. */
    static int groupSize(History history, int otherwise) {
        for (int op = 0; op < history.size(); op++) {
            if (history.function(op).equals("read") && history.isOk(op)) {
                return Math.max(1, history.value(history.output(op)).elements().size());
            }
        }
        return otherwise;
    }
}
