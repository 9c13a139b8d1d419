package dev.whitewater.checker.format;

import dev.whitewater.checker.etcd.Messages;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

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
                || (kind.equals("put") && !line.isNil(RunFolderLine.LEASE))
                || (kind.equals("get") && line.isMap(RunFolderLine.RESULT))
                || !line.isNil(RunFolderLine.AS)
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

    int argument(String kind) {
        return kind.equals("cas") ? values.add(swap()) : line.asked();
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

    /** The answer. */
    int result(String kind) {
        return switch (kind) {
            case "get" -> values.add(found(line.get(RunFolderLine.RESULT)));
            case "delete" -> values.idOf(mapping(DELETED, line.get(RunFolderLine.RESULT)));
            case "cas" -> values.idOf(mapping(SUCCEEDED, line.get(RunFolderLine.RESULT)));
            default -> line.result();
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
        return mapping(KVS, Value.sequence(found));
    }

    /** The name of a refusal that can be judged; "" if there is none. */
    static String error(Value told) {
        return told instanceof Value.Text(String error) && TELLING.contains(error) ? error : "";
    }

    static Value failed(String error) {
        return mapping(FAILED, Value.text(error));
    }
}
