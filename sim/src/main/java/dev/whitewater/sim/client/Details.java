package dev.whitewater.sim.client;

import dev.whitewater.sim.history.Detail;
import dev.whitewater.sim.history.Detail.Field;
import dev.whitewater.store.AuthRequest;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Compare;
import dev.whitewater.store.DeleteRange;
import dev.whitewater.store.DeleteRangeResponse;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.Operation;
import dev.whitewater.store.Put;
import dev.whitewater.store.Range;
import dev.whitewater.store.RangeResponse;
import dev.whitewater.store.Response;
import dev.whitewater.store.Txn;
import dev.whitewater.store.TxnResponse;

import java.util.ArrayList;
import java.util.List;

/** Requests and answers of the store in the shapes of docs/formats/etcd-history.md. */
final class Details {

    private Details() {}

    static Detail.Fields fields(Field... fields) {
        return new Detail.Fields(List.of(fields));
    }

    static Field number(String name, long number) {
        return new Field(name, new Detail.Whole(number));
    }

    static Field text(String name, String text) {
        return new Field(name, new Detail.Text(text));
    }

    private static Field truth(String name, boolean truth) {
        return new Field(name, new Detail.Truth(truth));
    }

    /** The items of a field; none if it isn't there. */
    static List<Detail> list(Detail.Fields fields, String name) {
        return find(fields, name) instanceof Detail.Items items ? items.items() : List.of();
    }

    /** The number in a field; 0 if it isn't there. */
    static long number(Detail fields, String name) {
        return find(fields, name) instanceof Detail.Whole(long number) ? number : 0;
    }

    /** The text in a field; empty if it isn't there. */
    static String text(Detail fields, String name) {
        return find(fields, name) instanceof Detail.Text(String text) ? text : "";
    }

    static boolean truth(Detail fields, String name) {
        return find(fields, name) instanceof Detail.Truth(boolean truth) && truth;
    }

    private static Detail find(Detail detail, String name) {
        if (detail instanceof Detail.Fields fields) {
            for (Field field : fields.fields()) {
                if (field.name().equals(name)) {
                    return field.value();
                }
            }
        }
        return new Detail.Absent();
    }

    /** What an operation on keys asks for, but its first key where that stands beside. */
    static List<Field> asked(Operation operation) {
        List<Field> fields = new ArrayList<>();
        switch (operation) {
            case Put put -> {
                if (put.lease() != 0) {
                    fields.add(number("lease", put.lease()));
                }
            }
            case Range range -> {
                addEnd(fields, range.keys());
                if (range.limit() > 0) {
                    fields.add(number("limit", range.limit()));
                }
                if (range.revision() > 0) {
                    fields.add(number("at", range.revision()));
                }
            }
            case DeleteRange delete -> addEnd(fields, delete.keys());
            case Txn txn -> {
                fields.add(new Field("compare", items(txn.compares(), Details::compare)));
                fields.add(new Field("then", items(txn.success(), Details::step)));
                fields.add(new Field("else", items(txn.failure(), Details::step)));
            }
        }
        return fields;
    }

    private static void addEnd(List<Field> fields, KeyRange keys) {
        if (!keys.isSingle()) {
            fields.add(text("end", keys.end().toUtf8()));
        }
    }

    private interface Shape<T> {
        Detail of(T value);
    }

    private static <T> Detail.Items items(List<T> values, Shape<T> shape) {
        List<Detail> items = new ArrayList<>();
        for (T value : values) {
            items.add(shape.of(value));
        }
        return new Detail.Items(items);
    }

    private static Detail step(Operation operation) {
        List<Field> fields = new ArrayList<>();
        switch (operation) {
            case Put put -> {
                fields.add(text("kind", "put"));
                fields.add(text("key", put.key().toUtf8()));
                fields.add(text("value", put.value().toUtf8()));
            }
            case Range range -> {
                fields.add(text("kind", "range"));
                fields.add(text("key", range.keys().start().toUtf8()));
            }
            case DeleteRange delete -> {
                fields.add(text("kind", "delete-range"));
                fields.add(text("key", delete.keys().start().toUtf8()));
            }
            case Txn _ -> fields.add(text("kind", "txn"));
        }
        fields.addAll(asked(operation));
        return new Detail.Fields(fields);
    }

    private static Detail compare(Compare compare) {
        List<Field> fields = new ArrayList<>();
        fields.add(text("key", compare.keys().start().toUtf8()));
        addEnd(fields, compare.keys());
        String is =
                switch (compare.relation()) {
                    case EQUAL -> "=";
                    case NOT_EQUAL -> "!=";
                    case LESS -> "<";
                    case GREATER -> ">";
                };
        switch (compare.operand()) {
            case Compare.Operand.Version it -> addTarget(fields, "version", is, it.version());
            case Compare.Operand.CreateRevision it ->
                    addTarget(fields, "create", is, it.revision());
            case Compare.Operand.ModRevision it -> addTarget(fields, "mod", is, it.revision());
            case Compare.Operand.Lease it -> addTarget(fields, "lease", is, it.lease());
            case Compare.Operand.Value(Bytes value) -> {
                fields.add(text("target", "value"));
                fields.add(text("is", is));
                fields.add(text("to", value.toUtf8()));
            }
        }
        return new Detail.Fields(fields);
    }

    private static void addTarget(List<Field> fields, String target, String is, long to) {
        fields.add(text("target", target));
        fields.add(text("is", is));
        fields.add(number("to", to));
    }

    /** What a change of users and roles asks for. */
    static Detail.Fields access(AuthRequest request) {
        return switch (request) {
            case AuthRequest.AddUser it -> fields(user(it.user()));
            case AuthRequest.DeleteUser it -> fields(user(it.user()));
            case AuthRequest.GrantRole it -> fields(user(it.user()), role(it.role()));
            case AuthRequest.RevokeRole it -> fields(user(it.user()), role(it.role()));
            case AuthRequest.AddRole it -> fields(role(it.role()));
            case AuthRequest.DeleteRole it -> fields(role(it.role()));
            case AuthRequest.GrantPermission it -> {
                List<Field> fields = on(it.role(), it.permission().keys());
                String may =
                        switch (it.permission().access()) {
                            case READ -> "read";
                            case WRITE -> "write";
                            case READ_WRITE -> "readwrite";
                        };
                fields.add(text("permission", may));
                yield new Detail.Fields(fields);
            }
            case AuthRequest.RevokePermission it -> new Detail.Fields(on(it.role(), it.keys()));
            default -> Detail.Fields.NONE;
        };
    }

    private static Field user(Bytes name) {
        return text("user", name.toUtf8());
    }

    private static Field role(Bytes name) {
        return text("role", name.toUtf8());
    }

    private static List<Field> on(Bytes role, KeyRange keys) {
        List<Field> fields = new ArrayList<>();
        fields.add(role(role));
        addEnd(fields, keys);
        return fields;
    }

    /** What {@code asked} was answered with. */
    static Detail answered(Operation asked, Response response) {
        return switch (response) {
            case RangeResponse range -> range((Range) asked, range);
            case DeleteRangeResponse delete -> fields(number("deleted", delete.deleted()));
            case TxnResponse txn -> txn((Txn) asked, txn);
            default -> new Detail.Absent();
        };
    }

    private static Detail txn(Txn asked, TxnResponse told) {
        List<Operation> steps = told.succeeded() ? asked.success() : asked.failure();
        List<Detail> responses = new ArrayList<>();
        for (int i = 0; i < told.responses().size(); i++) {
            responses.add(
                    i < steps.size()
                            ? answered(steps.get(i), told.responses().get(i))
                            : new Detail.Absent());
        }
        return fields(
                truth("succeeded", told.succeeded()),
                new Field("responses", new Detail.Items(responses)));
    }

    /** What wasn't asked for isn't told: a count alone has no keys. */
    private static Detail range(Range asked, RangeResponse told) {
        Field count = number("count", told.count());
        if (asked.content() == Range.Content.COUNT_ONLY) {
            return fields(count);
        }
        boolean values = asked.content() == Range.Content.KEYS_AND_VALUES;
        Field keys = new Field("kvs", items(told.kvs(), kv -> key(kv, values)));
        return fields(keys, count, truth("more", told.more()));
    }

    private static Detail key(KeyValue kv, boolean value) {
        List<Field> fields = new ArrayList<>();
        fields.add(text("key", kv.key().toUtf8()));
        if (value) {
            fields.add(text("value", kv.value().toUtf8()));
        }
        fields.add(number("create", kv.createRevision()));
        fields.add(number("mod", kv.modRevision()));
        fields.add(number("version", kv.version()));
        fields.add(number("lease", kv.lease()));
        return new Detail.Fields(fields);
    }
}
