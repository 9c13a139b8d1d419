package dev.whitewater.checker.format;

import dev.whitewater.checker.etcd.Messages;
import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of {@code history.jsonl} whose operations are about more than one key, or about leases and
 * compaction: docs/formats/etcd-history.md.
 */
final class EtcdLine {
    static final String KINDS =
            "put, get, delete, cas, range, delete-range, txn, compact, lease-grant, lease-revoke,"
                    + " lease-keepalive or a change of access";

    private static final List<String> MANY =
            List.of(
                    "range",
                    "delete-range",
                    "txn",
                    "compact",
                    "lease-grant",
                    "lease-revoke",
                    "lease-keepalive");

    /** Whether a field isn't part of what was asked for. */
    private static boolean isOfLife(String name) {
        return switch (name) {
            case "op",
                    "client",
                    "member",
                    "invoke",
                    "return",
                    "invokeEvent",
                    "returnEvent",
                    "kind",
                    "key",
                    "outcome",
                    "error",
                    "result",
                    "revision",
                    "transaction" ->
                    true;
            default -> false;
        };
    }

    /** Refusals that say something of the store, by the kinds that they are judged for. */
    private static final List<String> TELLING =
            List.of("compacted", "future-revision", "lease-not-found", "permission-denied");

    private EtcdLine() {}

    static boolean isOne(Value.Mapping line, String kind) {
        return MANY.contains(kind)
                || Messages.isAccess(kind)
                || !line.named("as").isNil()
                || (kind.equals("put") && !line.named("lease").isNil())
                || (kind.equals("get") && line.named("result") instanceof Value.Mapping);
    }

    static Action action(Value.Mapping line, String kind) {
        if (kind.equals("cas")) {
            return swap(line);
        }
        List<Value.Entry> fields = new ArrayList<>();
        for (Value.Entry entry : line.entries()) {
            if (!isOfLife(((Value.Text) entry.key()).value())) {
                fields.add(entry);
            }
        }
        String function =
                switch (kind) {
                    case "put" -> "put-leased";
                    case "get" -> "range";
                    case "delete" -> "delete-range";
                    default -> kind;
                };
        return new Action(function, line.named("key"), new Value.Mapping(fields));
    }

    /** A compare-and-set on behalf of a user, as the transaction that it is. */
    private static Action swap(Value.Mapping line) {
        Value key = line.named("key");
        Value expected = line.named("expected");
        boolean absent = expected.isNil() || expected.equals(Value.text(""));
        Value compare =
                mapping(
                        "key",
                        key,
                        "target",
                        Value.text(absent ? "version" : "value"),
                        "to",
                        absent ? Value.of(0) : expected);
        Value put = mapping("kind", Value.text("put"), "key", key, "value", line.named("value"));
        Value.Mapping txn =
                mapping(
                        "compare",
                        Value.sequence(compare),
                        "then",
                        Value.sequence(put),
                        "as",
                        line.named("as"));
        return new Action("txn", Value.text(""), txn);
    }

    private static Value.Mapping mapping(Object... namesAndValues) {
        List<Value.Entry> entries = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Value name = Value.text((String) namesAndValues[i]);
            entries.add(new Value.Entry(name, (Value) namesAndValues[i + 1]));
        }
        return new Value.Mapping(entries);
    }

    /** The answer; keys as they were at one revision are the same object in all answers. */
    static Value result(Value.Mapping line, String kind, Values values) {
        Value result = line.named("result");
        switch (kind) {
            case "get" -> {
                return found(line, result, values);
            }
            case "delete" -> {
                return mapping("deleted", result);
            }
            case "cas" -> {
                return mapping("succeeded", result);
            }
            default -> {
                // as the line has it
            }
        }
        return result instanceof Value.Mapping ? withShared(result, values) : result;
    }

    /** What a get of one key found, as a range tells it. */
    private static Value found(Value.Mapping line, Value result, Values values) {
        if (result.isNil()) {
            return mapping("kvs", Value.sequence());
        }
        Value found =
                result instanceof Value.Mapping
                        ? result
                        : mapping("key", line.named("key"), "value", result);
        return mapping("kvs", Value.sequence(shared(found, values)));
    }

    private static Value withShared(Value value, Values values) {
        return switch (value) {
            case Value.Mapping(List<Value.Entry> entries) -> {
                List<Value.Entry> shared = new ArrayList<>();
                for (Value.Entry entry : entries) {
                    boolean keys = entry.key().isNamed("kvs");
                    Value inner =
                            keys
                                    ? allShared(entry.value(), values)
                                    : withShared(entry.value(), values);
                    shared.add(new Value.Entry(entry.key(), inner));
                }
                yield new Value.Mapping(shared);
            }
            case Value.Sequence(List<Value> items) ->
                    new Value.Sequence(
                            items.stream().map(item -> withShared(item, values)).toList());
            default -> value;
        };
    }

    private static Value allShared(Value kvs, Values values) {
        return new Value.Sequence(
                kvs.elements().stream().map(item -> shared(item, values)).toList());
    }

    private static Value shared(Value value, Values values) {
        return values.value(values.idOf(value));
    }

    /** The name of a refusal that can be judged; "" if there is none. */
    static String error(Value.Mapping line) {
        return line.named("error") instanceof Value.Text(String error) && TELLING.contains(error)
                ? error
                : "";
    }

    static Value failed(String error) {
        return mapping("error", Value.text(error));
    }
}
