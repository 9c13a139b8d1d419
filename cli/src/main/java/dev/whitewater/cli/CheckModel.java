package dev.whitewater.cli;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;
import dev.whitewater.checker.workload.Workloads;
import dev.whitewater.scenarios.io.Wording;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the operations of a history are taken to act on: what the user names, or what they say. */
record CheckModel(String name) {

    /** All that a user can name, in the order of the documentation. */
    static final List<String> NAMES =
            List.of(
                    "register",
                    "cas-register",
                    "multi-register",
                    "kv",
                    "etcd",
                    "set",
                    "set-full",
                    "queue",
                    "fifo-queue",
                    "mutex",
                    "counter",
                    "bank",
                    "long-fork",
                    "sequential",
                    "comments",
                    "fenced-mutex",
                    "linearizable-set",
                    "linearizable-counter",
                    "contracts");

    CheckModel {
        if (!NAMES.contains(name)) {
            throw Refused.usage(
                    "--model: expected "
                            + Wording.anyOf(NAMES)
                            + ", found \""
                            + name
                            + "\""
                            + Wording.didYouMean(name, NAMES)
                            + ".");
        }
    }

    /** Judged by a rule of its own instead of by looking for an order. */
    boolean isWorkload() {
        return Workloads.NAMES.contains(name);
    }

    /** The model that the functions of the operations suggest. */
    static CheckModel guess(History history) {
        List<String> functions = history.functionNames();
        if (functions.contains("acquire") || functions.contains("release")) {
            return new CheckModel("mutex");
        }
        if (functions.contains("enqueue") || functions.contains("dequeue")) {
            return new CheckModel("queue");
        }
        if (functions.stream().anyMatch(CheckModel::isOfEtcd)) {
            return new CheckModel("etcd");
        }
        if (functions.contains("transfer")) {
            return new CheckModel("bank");
        }
        if (functions.contains("add")) {
            return new CheckModel(readsMany(history) ? "set" : "counter");
        }
        if (functions.contains("txn") && !functions.contains("put")) {
            if (appends(history)) {
                throw Refused.usage(
                        "these are transactions over lists: ./whitewater elle judges them.");
            }
            return new CheckModel("multi-register");
        }
        if (functions.contains("get") || functions.contains("put")) {
            boolean etcd =
                    List.of("delete", "cas", "range", "txn", "get-serializable").stream()
                            .anyMatch(functions::contains);
            return new CheckModel(etcd ? "etcd" : "kv");
        }
        boolean groups = functions.contains("read") && history.size() > 0 && readsGroups(history);
        return new CheckModel(groups ? "long-fork" : "cas-register");
    }

    private static boolean isOfEtcd(String function) {
        return List.of("lease-", "auth-", "user-", "role-").stream().anyMatch(function::startsWith)
                || List.of("range", "delete-range", "put-leased", "compact").contains(function);
    }

    /** Whether operations are lists of {@code [:r key value]} and {@code [:w key value]}. */
    private static boolean readsGroups(History history) {
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
        return true;
    }

    private static boolean isStep(Value name) {
        return name.isNamed("r") || name.isNamed("w");
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

    private static boolean appends(History history) {
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

    /** Whether some read answered a collection. */
    private static boolean readsMany(History history) {
        for (int op = 0; op < history.size(); op++) {
            if (history.output(op) != Values.NIL && history.function(op).equals("read")) {
                Value seen = history.value(history.output(op));
                return seen instanceof Value.Sequence || seen instanceof Value.Group;
            }
        }
        return false;
    }

    /** The model to search an order for. */
    dev.whitewater.checker.model.Model<?> model(String initial) {
        boolean register = name.endsWith("register");
        if (!initial.isEmpty() && !register) {
            throw Refused.usage("--initial is for registers, not for " + name + ".");
        }
        return Models.byName(name, value(initial))
                .orElseThrow(() -> new IllegalStateException("no order to look for: " + name));
    }

    /** A value as EDN writes it; a word alone is a text. */
    private static Value value(String text) {
        if (text.isEmpty()) {
            return Value.NIL;
        }
        try {
            List<Value> values =
                    ValueReader.all(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
            if (values.size() == 1) {
                return values.getFirst() instanceof Value.Symbol(String word)
                        ? Value.text(word)
                        : values.getFirst();
            }
        } catch (HistoryFormatException e) {
            throw Refused.usage("--initial: " + text + ":" + e.getMessage() + ".");
        }
        throw Refused.usage("--initial: expected one value, found \"" + text + "\".");
    }
}
