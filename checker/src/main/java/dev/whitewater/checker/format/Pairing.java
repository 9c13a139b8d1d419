package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.format.EventWords.Who;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Outcome;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins calls with their returns: a process has at most one operation open; for events of nobody
 * see {@link Anonymous}. An operation whose return is missing stays open for ever, as one that
 * returned without an answer does.
 *
 * <p>An event without an answer and without a call is of an operation that may have been called at
 * any time: it comes before all others. If nobody else calls such a function it is no operation,
 * and is passed over.
 */
final class Pairing {
    private final HistoryBuilder builder;
    private final LongIntMap open = new LongIntMap();
    private final Anonymous anonymous;
    private final List<Event> orphans = new ArrayList<>();

    Pairing(HistoryBuilder builder) {
        this.builder = builder;
        this.anonymous = new Anonymous(builder);
    }

    /** Who acts, and where the file says so. */
    record Place(Who who, long process, int line, int column) {
        private boolean isNobody() {
            return who == Who.NOBODY;
        }
    }

    /** One event's content by ids of the builder's table; the client is the process's value. */
    record Event(int client, int function, int key, int value, long time, long revision) {
        Event of(int otherFunction) {
            return new Event(client, otherFunction, key, value, time, revision);
        }
    }

    void invoke(Place place, Event event) {
        if (place.isNobody()) {
            anonymous.invoke(event);
            return;
        }
        int before = open.get(place.process());
        if (before != LongIntMap.ABSENT) {
            throw error(
                    place,
                    "the return of " + builder.function(before) + by(place, event),
                    "another call by the same process");
        }
        int operation =
                builder.invokeIds(
                        event.client(), event.function(), event.key(), event.value(), event.time());
        open.put(place.process(), operation);
    }

    void complete(Place place, Outcome outcome, Event event) {
        int operation = place.isNobody() ? anonymous.take(event) : open.get(place.process());
        if (operation < 0 && outcome == Outcome.INFO) {
            orphans.add(event);
            return;
        }
        if (operation < 0) {
            throw error(
                    place,
                    "a call" + by(place, event) + " before its return",
                    "a return with nothing to return from");
        }
        if (builder.functionOf(operation) != event.function()) {
            throw error(
                    place,
                    "the return of " + builder.function(operation),
                    "the return of " + builder.functionName(event.function()));
        }
        builder.completeIds(operation, outcome, event.value(), event.time());
        if (event.revision() != 0) {
            builder.revision(operation, event.revision());
        }
        if (!place.isNobody()) {
            open.put(place.process(), LongIntMap.ABSENT);
        }
    }

    private String by(Place place, Event event) {
        return place.isNobody()
                ? " without a process"
                : " by process " + builder.values().value(event.client());
    }

    /** The history of all that was told. */
    History build() {
        History history = builder.build();
        return orphans.isEmpty() ? history : anew(history);
    }

    /** The history with what was never called at its beginning. */
    private History anew(History history) {
        boolean[] called = new boolean[history.functionNames().size()];
        for (int op = 0; op < history.size(); op++) {
            called[history.functionId(op)] = true;
        }
        orphans.removeIf(event -> !called[event.function()]);
        HistoryBuilder result = new HistoryBuilder();
        for (Event event : orphans) {
            result.invokeIds(
                    copied(result, history, event.client()),
                    result.functionId(history.functionNames().get(event.function())),
                    copied(result, history, event.key()),
                    copied(result, history, event.value()),
                    event.time());
        }
        int shift = orphans.size();
        for (int code : BinaryForm.events(history)) {
            int op = code >>> 1;
            if ((code & 1) == 0) {
                result.invokeIds(
                        copied(result, history, history.client(op)),
                        result.functionId(history.function(op)),
                        copied(result, history, history.key(op)),
                        copied(result, history, history.argument(op)),
                        history.invoked(op));
            } else {
                result.completeIds(
                        op + shift,
                        history.outcome(op),
                        copied(result, history, history.output(op)),
                        history.completed(op));
                result.revision(op + shift, history.revision(op));
            }
        }
        return result.build();
    }

    private static int copied(HistoryBuilder result, History history, int value) {
        return result.values().idOf(history.value(value));
    }

    private static HistoryFormatException error(Place place, String expected, String got) {
        return new HistoryFormatException(place.line(), place.column(), expected, got);
    }
}
