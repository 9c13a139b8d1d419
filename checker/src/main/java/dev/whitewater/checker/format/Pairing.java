package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Outcome;

/**
 * Joins calls with their returns: a process has at most one operation open. An operation whose
 * return is missing stays open for ever, as one that returned without an answer does.
 */
final class Pairing {
    private final HistoryBuilder builder;
    private final LongIntMap open = new LongIntMap();

    Pairing(HistoryBuilder builder) {
        this.builder = builder;
    }

    /** Who acts, and where the file says so. */
    record Place(long process, int line, int column) {}

    /** One event's content by ids of the builder's table; the client is the process's value. */
    record Event(int client, int function, int key, int value, long time, long revision) {}

    void invoke(Place place, Event event) {
        int before = open.get(place.process());
        if (before != LongIntMap.ABSENT) {
            throw error(
                    place,
                    "the return of " + builder.function(before) + " by process " + place.process(),
                    "another call by the same process");
        }
        int operation =
                builder.invokeIds(
                        event.client(), event.function(), event.key(), event.value(), event.time());
        open.put(place.process(), operation);
    }

    void complete(Place place, Outcome outcome, Event event) {
        int operation = open.get(place.process());
        if (operation == LongIntMap.ABSENT) {
            throw error(
                    place,
                    "a call by process " + place.process() + " before its return",
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
        open.put(place.process(), LongIntMap.ABSENT);
    }

    private static HistoryFormatException error(Place place, String expected, String got) {
        return new HistoryFormatException(place.line(), place.column(), expected, got);
    }
}
