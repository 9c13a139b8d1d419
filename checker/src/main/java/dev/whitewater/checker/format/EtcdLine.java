package dev.whitewater.checker.format;

import dev.whitewater.checker.etcd.Messages;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of {@code history.jsonl} whose operations are about more than one key, about leases,
 * compaction or access, or on behalf of a user: docs/formats/etcd-history.md.
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

    /** Refusals that say something of the store, by the kinds that they are judged for. */
    private static final List<String> TELLING =
            List.of("compacted", "future-revision", "lease-not-found", "permission-denied");

    private static final Value[] KVS = {Value.text("kvs")};
    private static final Value[] KEY_AND_VALUE = {Value.text("key"), Value.text("value")};
    private static final Value[] DELETED = {Value.text("deleted")};
    private static final Value[] SUCCEEDED = {Value.text("succeeded")};
    private static final Value[] FAILED = {Value.text("error")};

    private final RunFolderLine line;
    private final Values values;

    EtcdLine(RunFolderLine line, Values values) {
        this.line = line;
        this.values = values;
    }

    /** Whether the current line is such a one. */
    boolean isOne(String kind) {
        return MANY.contains(kind)
                || (kind.equals("put") && !line.get(RunFolderLine.LEASE).isNil())
                || (kind.equals("get") && line.get(RunFolderLine.RESULT) instanceof Value.Mapping)
                || !line.get(RunFolderLine.AS).isNil()
                || Messages.isAccess(kind);
    }

    String function(String kind) {
        return switch (kind) {
            case "put" -> "put-leased";
            case "get" -> "range";
            case "delete" -> "delete-range";
            case "cas" -> "txn";
            default -> kind;
        };
    }

    Value argument(String kind) {
        return kind.equals("cas") ? swap() : line.asked();
    }

    /** A compare-and-set on behalf of a user, as the transaction that it is. */
    private Value swap() {
        Value key = line.get(RunFolderLine.KEY);
        Value expected = line.get(RunFolderLine.EXPECTED);
        boolean absent = expected.isNil() || expected.equals(Value.text(""));
        Value compare =
                mapping(
                        names("key", "target", "to"),
                        key,
                        Value.text(absent ? "version" : "value"),
                        absent ? Value.of(0) : expected);
        Value put =
                mapping(
                        names("kind", "key", "value"),
                        Value.text("put"),
                        key,
                        line.get(RunFolderLine.VALUE));
        return mapping(
                names("compare", "then", "as"),
                Value.sequence(compare),
                Value.sequence(put),
                line.get(RunFolderLine.AS));
    }

    private static Value[] names(String... names) {
        Value[] texts = new Value[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = Value.text(names[i]);
        }
        return texts;
    }

    private static Value.Mapping mapping(Value[] names, Value... fields) {
        return Value.Mapping.of(names, fields);
    }

    /** The answer; keys as they were at one revision are the same object in all answers. */
    int result(String kind) {
        Value result = line.get(RunFolderLine.RESULT);
        return switch (kind) {
            case "get" -> values.idOf(found(result));
            case "delete" -> values.idOf(mapping(DELETED, result));
            case "cas" -> values.idOf(mapping(SUCCEEDED, result));
            case "range" -> values.add(withShared(result));
            default -> values.idOf(withShared(result));
        };
    }

    /** What a get of one key found, as a range tells it. */
    private Value found(Value result) {
        if (result.isNil()) {
            return mapping(KVS, Value.sequence());
        }
        Value found =
                result instanceof Value.Mapping
                        ? result
                        : mapping(KEY_AND_VALUE, line.get(RunFolderLine.KEY), result);
        return mapping(KVS, Value.sequence(shared(found)));
    }

    /** The result with shared keys in it, and in those of a transaction's steps. */
    private Value withShared(Value result) {
        if (!(result instanceof Value.Mapping map)) {
            return result;
        }
        Value.Mapping shared = map;
        for (int i = 0; i < map.size(); i++) {
            if (map.name(i).isNamed("kvs")) {
                shared = shared.with(i, allShared(map.value(i)));
            } else if (map.name(i).isNamed("responses")) {
                shared = shared.with(i, inResponses(map.value(i)));
            }
        }
        return shared;
    }

    private Value inResponses(Value responses) {
        List<Value> all = new ArrayList<>();
        for (Value each : responses.elements()) {
            all.add(withShared(each));
        }
        return new Value.Sequence(all);
    }

    private Value allShared(Value kvs) {
        List<Value> all = new ArrayList<>();
        for (Value kv : kvs.elements()) {
            all.add(shared(kv));
        }
        return new Value.Sequence(all);
    }

    private Value shared(Value value) {
        return values.value(values.idOf(value));
    }

    /** The name of a refusal that can be judged; "" if there is none. */
    static String error(Value told) {
        return told instanceof Value.Text(String error) && TELLING.contains(error) ? error : "";
    }

    static Value failed(String error) {
        return mapping(FAILED, Value.text(error));
    }
}
