package dev.whitewater.checker.format;

import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Open calls of nobody: of events that don't say which process they are of. A return belongs to a
 * call of the same function and key; of several to the one with the argument that the return
 * repeats, else to the oldest whose argument it may have filled in (nil may become anything), else
 * to the oldest.
 *
 * <p>Each operation gets a client of which all operations before have returned: that says no more
 * than real time does.
 */
final class Anonymous {
    /** There is no open call that a return could belong to. */
    static final int NONE = -1;

    private final HistoryBuilder builder;
    private final Map<Place, Line> lines = new LinkedHashMap<>();

    /** The clients' values, and which of them have nothing open. */
    private final List<Integer> clients = new ArrayList<>();

    private final Queue<Integer> idle = new PriorityQueue<>();

    /** Open operations with their clients' places. */
    private final Map<Integer, Integer> busy = new TreeMap<>();

    /** What is done to what. */
    private record Place(int function, int key) {}

    /** Open calls of one place with their arguments, the oldest first. */
    private static final class Line {
        private final NavigableMap<Integer, Integer> arguments = new TreeMap<>();
        private final Map<Integer, NavigableSet<Integer>> byArgument = new TreeMap<>();

        void add(int operation, int argument) {
            arguments.put(operation, argument);
            byArgument.computeIfAbsent(argument, _ -> new TreeSet<>()).add(operation);
        }

        void remove(int operation) {
            int argument = arguments.remove(operation);
            NavigableSet<Integer> same = byArgument.get(argument);
            same.remove(operation);
            if (same.isEmpty()) {
                byArgument.remove(argument);
            }
        }
    }

    Anonymous(HistoryBuilder builder) {
        this.builder = builder;
    }

    void invoke(Pairing.Event event) {
        Integer client = idle.poll();
        if (client == null) {
            client = clients.size();
            clients.add(builder.values().idOf(new Value.Symbol("nobody-" + client)));
        }
        int operation =
                builder.invokeIds(
                        clients.get(client),
                        event.function(),
                        event.key(),
                        event.value(),
                        event.time());
        busy.put(operation, client);
        lines.computeIfAbsent(new Place(event.function(), event.key()), _ -> new Line())
                .add(operation, event.value());
    }

    /** Takes the operation that a return belongs to, or {@link #NONE}. */
    int take(Pairing.Event event) {
        Line line = lines.get(new Place(event.function(), event.key()));
        if (line == null || line.arguments.isEmpty()) {
            line = oldest(event.function());
        }
        if (line == null) {
            return NONE;
        }
        int operation = fitting(line, event.value());
        line.remove(operation);
        idle.add(busy.remove(operation));
        return operation;
    }

    /** The line with the oldest open call of a function, whatever its key. */
    private Line oldest(int function) {
        Line oldest = null;
        for (Map.Entry<Place, Line> each : lines.entrySet()) {
            Line line = each.getValue();
            if (each.getKey().function() == function
                    && !line.arguments.isEmpty()
                    && (oldest == null
                            || line.arguments.firstKey() < oldest.arguments.firstKey())) {
                oldest = line;
            }
        }
        return oldest;
    }

    private int fitting(Line line, int answer) {
        NavigableSet<Integer> same = line.byArgument.get(answer);
        if (same != null) {
            return same.first();
        }
        Value told = builder.values().value(answer);
        for (Map.Entry<Integer, Integer> call : line.arguments.entrySet()) {
            int argument = call.getValue();
            if (argument == Values.NIL || mayBecome(builder.values().value(argument), told)) {
                return call.getKey();
            }
        }
        return line.arguments.firstKey();
    }

    /** Whether an answer is the argument with some of its nils filled in. */
    private static boolean mayBecome(Value argument, Value answer) {
        if (argument.isNil() || argument.equals(answer)) {
            return true;
        }
        boolean lists = argument instanceof Value.Sequence && answer instanceof Value.Sequence;
        List<Value> asked = argument.elements();
        List<Value> told = answer.elements();
        if (!lists || asked.size() != told.size()) {
            return false;
        }
        for (int i = 0; i < asked.size(); i++) {
            if (!mayBecome(asked.get(i), told.get(i))) {
                return false;
            }
        }
        return true;
    }
}
