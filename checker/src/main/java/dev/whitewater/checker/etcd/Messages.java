package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations of a history as requests and replies of etcd's store. The shapes are those of
 * docs/formats/etcd-history.md.
 */
public final class Messages {
    private static final Value FALSE = new Value.Bool(false);
    private static final Value TRUE = new Value.Bool(true);
    private static final String KNOWN =
            "get, get-serializable, put v, put-leased {value lease}, delete, cas [old new], range,"
                    + " delete-range, txn, compact, lease-grant, lease-revoke,"
                    + " lease-keepalive and changes of access";

    /** Requests that change who may do what. */
    private static final List<String> ACCESS =
            List.of(
                    "auth-enable",
                    "auth-disable",
                    "user-add",
                    "user-delete",
                    "user-grant-role",
                    "user-revoke-role",
                    "role-add",
                    "role-delete",
                    "role-grant",
                    "role-revoke");

    private Messages() {}

    /** Whether a function of this name changes who may do what. */
    public static boolean isAccess(String function) {
        return ACCESS.contains(function);
    }

    /** What the operation asked for. */
    public static Request request(Operation operation) {
        Value argument = operation.argument();
        String key = text(operation.key());
        return switch (operation.function()) {
            case "get" -> new Request.Range(key, "", 0, 0, false);
            case "get-serializable" -> new Request.Range(key, "", 0, 0, true);
            case "put" -> new Request.Put(key, argument, 0);
            case "delete" -> new Request.Delete(key, "");
            case "cas" -> swap(operation, key);
            case "put-leased",
                    "range",
                    "delete-range",
                    "txn",
                    "compact",
                    "lease-grant",
                    "lease-revoke",
                    "lease-keepalive" -> {
                Value.Mapping fields = argument instanceof Value.Mapping m ? m : NO_FIELDS;
                yield request(operation, operation.function(), key, fields);
            }
            default -> {
                if (isAccess(operation.function())) {
                    yield new Request.Access();
                }
                throw unsupported(operation);
            }
        };
    }

    /** Whether the operation is a read that may see the past. */
    static boolean isSerializable(History history, int op) {
        return switch (history.function(op)) {
            case "get-serializable" -> true;
            case "range" ->
                    history.value(history.argument(op)) instanceof Value.Mapping fields
                            && fields.named("serializable").equals(TRUE);
            default -> false;
        };
    }

    private static final Value.Mapping NO_FIELDS = new Value.Mapping(List.of());

    private static UnsupportedOperation unsupported(Operation operation) {
        return new UnsupportedOperation("etcd-kv", operation, KNOWN);
    }

    private static Request swap(Operation operation, String key) {
        List<Value> values = operation.argument().elements();
        if (values.size() != 2) {
            throw unsupported(operation);
        }
        boolean absent = values.get(0).isNil();
        Request.Compare found =
                new Request.Compare(
                        key,
                        "",
                        absent ? Request.Target.VERSION : Request.Target.VALUE,
                        Request.Relation.EQUAL,
                        absent ? Value.of(0) : values.get(0));
        Request put = new Request.Put(key, values.get(1), 0);
        return new Request.Txn(List.of(found), List.of(put), List.of());
    }

    private static Request request(
            Operation operation, String kind, String key, Value.Mapping fields) {
        String end = text(fields.named("end"));
        return switch (kind) {
            case "get", "range" ->
                    new Request.Range(
                            key,
                            end,
                            number(fields.named("limit"), 0),
                            number(fields.named("at"), 0),
                            fields.named("serializable").equals(TRUE));
            case "put", "put-leased" ->
                    new Request.Put(key, fields.named("value"), number(fields.named("lease"), 0));
            case "delete", "delete-range" -> new Request.Delete(key, end);
            case "txn" -> txn(operation, fields);
            case "compact" -> new Request.Compact(number(fields.named("at"), 0));
            case "lease-grant" -> new Request.Grant(number(fields.named("lease"), 0));
            case "lease-revoke" -> new Request.Revoke(number(fields.named("lease"), 0));
            case "lease-keepalive" -> new Request.KeepAlive(number(fields.named("lease"), 0));
            default -> throw unsupported(operation);
        };
    }

    private static Request txn(Operation operation, Value.Mapping fields) {
        List<Request.Compare> compares = new ArrayList<>();
        for (Value one : fields.named("compare").elements()) {
            compares.add(compare(operation, one));
        }
        return new Request.Txn(
                compares,
                steps(operation, fields.named("then")),
                steps(operation, fields.named("else")));
    }

    private static List<Request> steps(Operation operation, Value list) {
        List<Request> steps = new ArrayList<>();
        for (Value one : list.elements()) {
            if (!(one instanceof Value.Mapping fields)) {
                throw unsupported(operation);
            }
            steps.add(
                    request(
                            operation,
                            text(fields.named("kind")),
                            text(fields.named("key")),
                            fields));
        }
        return steps;
    }

    private static Request.Compare compare(Operation operation, Value written) {
        if (!(written instanceof Value.Mapping fields)) {
            throw unsupported(operation);
        }
        Request.Target target =
                switch (text(fields.named("target"))) {
                    case "value" -> Request.Target.VALUE;
                    case "version" -> Request.Target.VERSION;
                    case "create" -> Request.Target.CREATE;
                    case "mod" -> Request.Target.MOD;
                    case "lease" -> Request.Target.LEASE;
                    default -> throw unsupported(operation);
                };
        Request.Relation relation =
                switch (text(fields.named("is"))) {
                    case "=", "" -> Request.Relation.EQUAL;
                    case "!=" -> Request.Relation.UNEQUAL;
                    case "<" -> Request.Relation.LESS;
                    case ">" -> Request.Relation.GREATER;
                    default -> throw unsupported(operation);
                };
        return new Request.Compare(
                text(fields.named("key")),
                text(fields.named("end")),
                target,
                relation,
                fields.named("to"));
    }

    // ---- replies

    /** What the operation's answer told. */
    public static Reply reply(Operation operation, Request request) {
        if (!operation.isOk()) {
            return Reply.UNTOLD;
        }
        Value output = operation.output();
        if (output instanceof Value.Mapping fields && !fields.named("error").isNil()) {
            return new Reply.Failed(text(fields.named("error")));
        }
        return switch (operation.function()) {
            case "get", "get-serializable" -> found(text(operation.key()), output);
            case "cas" -> new Reply.Branch(output.equals(FALSE) ? 0 : 1, List.of());
            case "delete" -> new Reply.Deleted(number(output, -1));
            default -> reply(request, output);
        };
    }

    private static Reply found(String key, Value output) {
        List<Kv> keys =
                output.isNil()
                        ? List.of()
                        : List.of(new Kv(key, output, Kv.UNTOLD, Kv.UNTOLD, Kv.UNTOLD, Kv.UNTOLD));
        return new Reply.Found(true, keys, -1, -1);
    }

    private static Reply reply(Request request, Value output) {
        if (!(output instanceof Value.Mapping fields)) {
            return Reply.UNTOLD;
        }
        return switch (request) {
            case Request.Range _ -> found(fields);
            case Request.Delete _ -> new Reply.Deleted(number(fields.named("deleted"), -1));
            case Request.Txn txn -> branch(txn, fields);
            case Request.Put _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.Revoke _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    Reply.UNTOLD;
        };
    }

    private static Reply found(Value.Mapping fields) {
        Value written = fields.named("kvs");
        List<Kv> keys = new ArrayList<>();
        for (Value one : written.elements()) {
            if (one instanceof Value.Mapping kv) {
                keys.add(kv(kv));
            }
        }
        Value more = fields.named("more");
        return new Reply.Found(
                !written.isNil(),
                keys,
                number(fields.named("count"), -1),
                more.equals(TRUE) ? 1 : more.equals(FALSE) ? 0 : -1);
    }

    private static Kv kv(Value.Mapping fields) {
        String key = "";
        Value value = Kv.UNTOLD_VALUE;
        long create = Kv.UNTOLD;
        long mod = Kv.UNTOLD;
        long version = Kv.UNTOLD;
        long lease = Kv.UNTOLD;
        for (int i = 0; i < fields.size(); i++) {
            Value told = fields.value(i);
            switch (text(fields.name(i))) {
                case "key" -> key = text(told);
                case "value" -> value = told;
                case "create" -> create = number(told, Kv.UNTOLD);
                case "mod" -> mod = number(told, Kv.UNTOLD);
                case "version" -> version = number(told, Kv.UNTOLD);
                case "lease" -> lease = number(told, Kv.UNTOLD);
                default -> {
                    // of no meaning here
                }
            }
        }
        return new Kv(key, value, create, mod, version, lease);
    }

    private static Reply branch(Request.Txn txn, Value.Mapping fields) {
        Value told = fields.named("succeeded");
        int succeeded = told.equals(TRUE) ? 1 : told.equals(FALSE) ? 0 : -1;
        List<Request> steps = succeeded == 1 ? txn.then() : txn.otherwise();
        List<Value> written = fields.named("responses").elements();
        List<Reply> replies = new ArrayList<>();
        if (succeeded >= 0 && written.size() == steps.size()) {
            for (int i = 0; i < steps.size(); i++) {
                replies.add(reply(steps.get(i), written.get(i)));
            }
        }
        return new Reply.Branch(succeeded, replies);
    }

    static String text(Value value) {
        return switch (value) {
            case Value.Nil _ -> "";
            case Value.Text(String text) -> text;
            case Value.Keyword(String name) -> name;
            default -> value.toString();
        };
    }

    private static long number(Value value, long untold) {
        return value instanceof Value.Int(long number) ? number : untold;
    }
}
