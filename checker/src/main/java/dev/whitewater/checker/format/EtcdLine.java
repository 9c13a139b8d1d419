package dev.whitewater.checker.format;

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
            "put, get, delete, cas, range, delete-range, txn, compact, lease-grant, lease-revoke or"
                    + " lease-keepalive";

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
                    "revision" ->
                    true;
            default -> false;
        };
    }

    /** Refusals that say something of the store, by the kinds that they are judged for. */
    private static final List<String> TELLING =
            List.of("compacted", "future-revision", "lease-not-found");

    private EtcdLine() {}

    static boolean isOne(Value.Mapping line, String kind) {
        return MANY.contains(kind)
                || (kind.equals("put") && !line.named("lease").isNil())
                || (kind.equals("get") && line.named("result") instanceof Value.Mapping);
    }

    static Action action(Value.Mapping line, String kind) {
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
                    default -> kind;
                };
        return new Action(function, line.named("key"), new Value.Mapping(fields));
    }

    /** The answer; keys as they were at one revision are the same object in all answers. */
    static Value result(Value.Mapping line, String kind, Values values) {
        Value result = line.named("result");
        if (kind.equals("get") && result instanceof Value.Mapping) {
            Value kvs = Value.sequence(shared(result, values));
            return new Value.Mapping(List.of(new Value.Entry(Value.text("kvs"), kvs)));
        }
        return result instanceof Value.Mapping ? withShared(result, values) : result;
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
        return new Value.Mapping(List.of(new Value.Entry(Value.text("error"), Value.text(error))));
    }
}
