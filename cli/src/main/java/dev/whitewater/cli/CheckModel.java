package dev.whitewater.cli;

import dev.whitewater.checker.edn.ByteSource;
import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.ValueReader;
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
