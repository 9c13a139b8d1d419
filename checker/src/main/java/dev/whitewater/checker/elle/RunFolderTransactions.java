package dev.whitewater.checker.elle;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * The transactions of a run folder's {@code history.jsonl}: lines whose {@code transaction} says
 * which one the request carried out (docs/formats/etcd-history.md). All other lines are passed
 * over.
 */
final class RunFolderTransactions {
    private final JsonScanner tokens;
    private final Workload workload;
    private final List<Half> halves = new ArrayList<>();

    /** A call or a return, and when. */
    private record Half(long time, boolean returns, OpType type, Line line) {

        /**
         * The client, but who never learnt of an operation goes on with the next, so that one gets
         * a process of its own, which waits for ever.
         */
        long process() {
            return line.outcome() == OpType.INFO ? -1L - line.line() : line.number("client");
        }
    }

    RunFolderTransactions(JsonScanner tokens, Workload workload) {
        this.tokens = tokens;
        this.workload = workload;
    }

    TransactionHistory read() {
        ValueReader reader = new ValueReader(tokens);
        while (tokens.next() != Token.END) {
            if (tokens.token() != Token.OPEN_MAP) {
                throw tokens.expected("an operation, that is an object");
            }
            int number = tokens.line();
            Line line = new Line((Value.Mapping) reader.current(), number);
            if (!line.object().named("transaction").isNil()) {
                add(line);
            }
        }
        halves.sort(
                (a, b) ->
                        a.time() != b.time()
                                ? Long.compare(a.time(), b.time())
                                : Boolean.compare(a.returns(), b.returns()));
        HistoryBuilder builder = new HistoryBuilder(workload);
        for (Half half : halves) {
            builder.begin(half.type(), half.process());
            half.line().operations(builder, workload);
            builder.end();
        }
        return builder.build();
    }

    private void add(Line line) {
        boolean events = line.object().named("invokeEvent") instanceof Value.Int;
        long call = line.number(events ? "invokeEvent" : "invoke");
        halves.add(new Half(call, false, OpType.INVOKE, line));
        OpType type = line.outcome();
        if (type != OpType.INFO) {
            long end = line.number(events ? "returnEvent" : "return");
            halves.add(new Half(end, true, type, line));
        }
    }

    /** One line, with errors that name it. */
    private record Line(Value.Mapping object, int line) {
        OpType outcome() {
            boolean undone =
                    object.named("result") instanceof Value.Mapping result
                            && result.named("succeeded").equals(new Value.Bool(false));
            return switch (object.named("outcome")) {
                case Value.Text(String text) when text.equals("ok") ->
                        undone ? OpType.FAIL : OpType.OK;
                case Value.Text(String text) when text.equals("refused") -> OpType.FAIL;
                case Value.Text(String text) when text.equals("unknown") -> OpType.INFO;
                default -> throw error("\"outcome\" to be ok, refused or unknown", "outcome");
            };
        }

        long number(String name) {
            if (object.named(name) instanceof Value.Int(long number)) {
                return number;
            }
            throw error('"' + name + "\" with a whole number", name);
        }

        void operations(HistoryBuilder builder, Workload workload) {
            for (Value step : object.named("transaction").elements()) {
                List<Value> parts = step.elements();
                if (parts.size() != 3) {
                    throw error("a \"transaction\" of [f, key, value] operations", "transaction");
                }
                int key = id(builder, parts.get(1));
                boolean reads = parts.getFirst().isNamed("r");
                if (!reads && !parts.getFirst().isNamed(writes(workload))) {
                    throw error("\"r\" or \"" + writes(workload) + '"', "transaction");
                }
                if (!reads) {
                    builder.write(key, id(builder, parts.get(2)));
                } else if (parts.get(2) instanceof Value.Sequence(List<Value> items)) {
                    int[] elements = items.stream().mapToInt(item -> id(builder, item)).toArray();
                    builder.readIds(key, elements, 0, elements.length);
                } else {
                    builder.read(key, id(builder, parts.get(2)));
                }
            }
        }

        private static String writes(Workload workload) {
            return workload == Workload.LIST_APPEND ? "append" : "w";
        }

        private static int id(HistoryBuilder builder, Value value) {
            return switch (value) {
                case Value.Nil _ -> Values.NIL;
                case Value.Int(long number) -> builder.values().of(number);
                default -> builder.values().of(value.toString());
            };
        }

        private HistoryFormatException error(String what, String field) {
            return new HistoryFormatException(line, 1, what, object.named(field).toString());
        }
    }
}
