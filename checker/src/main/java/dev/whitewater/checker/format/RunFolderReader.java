package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.HistoryFormatException;
import dev.whitewater.checker.edn.JsonScanner;
import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.ValueReader;
import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.history.Outcome;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.Arrays;

/**
 * {@code history.jsonl} of a run folder: one client operation per line, with its whole life. Real
 * time is the order of the run's events where the line tells it, else virtual time.
 */
final class RunFolderReader {
    private static final Value EMPTY = Value.text("");
    private static final int FIELDS = 13;

    private final JsonScanner tokens;
    private final ValueReader reader;
    private final HistoryBuilder builder = new HistoryBuilder();

    RunFolderReader(JsonScanner tokens) {
        this.tokens = tokens;
        this.reader = new ValueReader(tokens);
    }

    History read() {
        while (tokens.next() != Token.END) {
            if (tokens.token() != Token.OPEN_MAP) {
                throw tokens.expected("an operation, that is an object");
            }
            int line = tokens.line();
            Value.Mapping object = (Value.Mapping) reader.current();
            builder.add(new Line(object, fields(object), line, builder.values()).operation());
        }
        return builder.build();
    }

    /** The values that every line may have, each looked up once. */
    private static Value[] fields(Value.Mapping object) {
        Value[] fields = new Value[FIELDS];
        Arrays.fill(fields, Value.NIL);
        for (Value.Entry entry : object.entries()) {
            int field = field(((Value.Text) entry.key()).value());
            if (field >= 0) {
                fields[field] = entry.value();
            }
        }
        return fields;
    }

    private static int field(String name) {
        return switch (name) {
            case "client" -> 0;
            case "invoke" -> 1;
            case "return" -> 2;
            case "kind" -> 3;
            case "key" -> 4;
            case "value" -> 5;
            case "expected" -> 6;
            case "outcome" -> 7;
            case "result" -> 8;
            case "revision" -> 9;
            case "serializable" -> 10;
            case "invokeEvent" -> 11;
            case "returnEvent" -> 12;
            default -> -1;
        };
    }

    /** One line, with errors that name it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Line(Value.Mapping object, Value[] fields, int line, Values values) {
        Operation operation() {
            String error = EtcdLine.error(object);
            Outcome outcome = error.isEmpty() ? outcome() : Outcome.OK;
            String kind = word("kind");
            Value result =
                    !error.isEmpty()
                            ? EtcdLine.failed(error)
                            : EtcdLine.isOne(object, kind)
                                    ? EtcdLine.result(object, kind, values)
                                    : result(kind, named("result"));
            long revision = named("revision") instanceof Value.Int(long n) ? n : 0;
            Answer answer =
                    new Answer(outcome, outcome == Outcome.OK ? result : Value.NIL, revision);
            Value client = Value.of(number("client"));
            return new Operation(0, client, action(), answer, interval(outcome));
        }

        private Action action() {
            String kind = word("kind");
            if (EtcdLine.isOne(object, kind)) {
                return EtcdLine.action(object, kind);
            }
            Value key = Value.text(word("key"));
            Value value = named("value");
            boolean past = named("serializable").equals(new Value.Bool(true));
            return switch (kind) {
                case "get" -> new Action(past ? "get-serializable" : "get", key, Value.NIL);
                case "put" -> new Action("put", key, value);
                case "delete" -> new Action("delete", key, Value.NIL);
                case "cas" ->
                        new Action("cas", key, Value.sequence(known(named("expected")), value));
                default -> throw error("\"kind\" to be " + EtcdLine.KINDS, quoted(kind));
            };
        }

        /** A key that was absent may be written as an empty text. */
        private static Value known(Value value) {
            return value.equals(EMPTY) ? Value.NIL : value;
        }

        /** Counts and truths may be written as texts. */
        private static Value result(String kind, Value written) {
            if (!(written instanceof Value.Text(String text))) {
                return written;
            }
            return switch (kind) {
                case "delete" -> text.equals("0") ? Value.of(0) : Value.of(1);
                case "cas" -> new Value.Bool(!text.equals("false"));
                case "put" -> Value.NIL;
                default -> known(written);
            };
        }

        private Outcome outcome() {
            String outcome = word("outcome");
            return switch (outcome) {
                case "ok" -> Outcome.OK;
                case "refused" -> Outcome.FAIL;
                case "unknown" -> Outcome.INFO;
                default -> throw error("\"outcome\" to be ok, refused or unknown", quoted(outcome));
            };
        }

        private Interval interval(Outcome outcome) {
            boolean events = named("invokeEvent") instanceof Value.Int;
            long invoke = number(events ? "invokeEvent" : "invoke");
            Value end = named(events ? "returnEvent" : "return");
            if (outcome == Outcome.INFO || end.isNil()) {
                return Interval.openSince(invoke);
            }
            long complete = number(events ? "returnEvent" : "return");
            if (complete < invoke) {
                throw error("a return after the call at " + invoke, Long.toString(complete));
            }
            return new Interval(invoke, complete);
        }

        private long number(String name) {
            if (named(name) instanceof Value.Int(long number)) {
                return number;
            }
            throw error('"' + name + "\" with a whole number", named(name).toString());
        }

        private String word(String name) {
            if (named(name) instanceof Value.Text(String text)) {
                return text;
            }
            throw error('"' + name + "\" with a text", named(name).toString());
        }

        private Value named(String name) {
            return fields[field(name)];
        }

        private static String quoted(String text) {
            return '"' + text + '"';
        }

        private HistoryFormatException error(String what, String got) {
            return new HistoryFormatException(line, 1, what, got);
        }
    }
}
