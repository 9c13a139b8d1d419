package dev.whitewater.scenarios.io;

import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;
import dev.whitewater.sim.history.Detail;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code history.jsonl}: one client operation per line, in the order of calls. */
final class HistoryLines {
    private static final List<String> FIELDS =
            List.of(
                    "op",
                    "client",
                    "invoke",
                    "return",
                    "kind",
                    "key",
                    "value",
                    "expected",
                    "outcome",
                    "result",
                    "revision",
                    "serializable",
                    "member",
                    "invokeEvent",
                    "returnEvent");

    /** What some kinds ask for besides, and what else an answer may say. */
    private static final List<String> MORE =
            List.of(
                    "end",
                    "limit",
                    "at",
                    "compare",
                    "then",
                    "else",
                    "lease",
                    "ttl",
                    "user",
                    "role",
                    "permission",
                    "as",
                    "transaction",
                    "error");

    private static final List<String> KNOWN =
            Stream.concat(FIELDS.stream(), MORE.stream()).toList();

    private static final List<String> KINDS = Arrays.stream(Kind.values()).map(Kind::text).toList();

    private static final List<String> OUTCOMES = List.of("ok", "refused", "unknown");

    private HistoryLines() {}

    static void write(Writer writer, List<ClientOperation> history) {
        Json json = Json.lines(writer);
        for (int i = 0; i < history.size(); i++) {
            int number = i;
            json.line(line -> operation(line, number, history.get(number)));
        }
        json.flush();
    }

    private static void operation(Json json, int number, ClientOperation operation) {
        json.number("op", number).number("client", operation.client());
        json.number("invoke", operation.invokeNanos());
        if (operation.returnNanos() == ClientOperation.OPEN) {
            json.nothing("return");
        } else {
            json.number("return", operation.returnNanos());
        }
        json.text("kind", operation.kind().text()).text("key", operation.key());
        operation.asked().fields().forEach(field -> json.detail(field.name(), field.value()));
        boolean writes = operation.kind() == Kind.PUT || operation.kind() == Kind.CAS;
        if (writes) {
            json.text("value", operation.value());
        }
        if (operation.kind() == Kind.CAS) {
            nullable(json, "expected", operation.expected());
        }
        json.text("outcome", OUTCOMES.get(operation.outcome().ordinal()));
        switch (operation.outcome()) {
            case OK -> {
                result(json, operation);
                json.number("revision", operation.revision());
            }
            case REFUSED ->
                    operation
                            .answered()
                            .fields()
                            .forEach(field -> json.detail(field.name(), field.value()));
            case UNKNOWN -> {
                // Nothing was told.
            }
        }
        json.truth("serializable", operation.serializable()).number("member", operation.member());
        json.number("invokeEvent", operation.invokeEvent());
        if (operation.returnNanos() != ClientOperation.OPEN) {
            json.number("returnEvent", operation.returnEvent());
        }
    }

    private static void result(Json json, ClientOperation operation) {
        switch (operation.kind()) {
            case PUT -> json.nothing("result");
            case GET -> nullable(json, "result", operation.result());
            case DELETE -> json.number("result", Long.parseLong(operation.result()));
            case CAS -> json.truth("result", operation.result().equals("true"));
            default -> {
                if (operation.answered().isEmpty()) {
                    json.nothing("result");
                } else {
                    json.detail("result", operation.answered());
                }
            }
        }
    }

    private static void nullable(Json json, String name, String text) {
        if (text.isEmpty()) {
            json.nothing(name);
        } else {
            json.text(name, text);
        }
    }

    static List<ClientOperation> read(String file, byte[] bytes) {
        List<ClientOperation> history = new ArrayList<>();
        LocatedReader.jsonLines(
                file,
                bytes,
                "client operations, one JSON object per line",
                item -> history.add(operation(item, history.size())));
        return history;
    }

    private static ClientOperation operation(Item item, int number) {
        Fields f = Fields.of(item, "", false, KNOWN);
        long op = f.whole("op", 0, Integer.MAX_VALUE);
        if (op != number) {
            throw InputRefused.expected(
                    f.item("op").place(), "op", number + ", the next in order", "" + op);
        }
        Kind kind = Kind.values()[KINDS.indexOf(f.oneOf("kind", KINDS))];
        Outcome outcome = Outcome.valueOf(f.oneOf("outcome", OUTCOMES).toUpperCase(Locale.ROOT));
        boolean open = f.isNothing("return");
        return new ClientOperation(
                (int) f.whole("client", 0, Integer.MAX_VALUE),
                f.whole("invoke", 0, Long.MAX_VALUE),
                open ? ClientOperation.OPEN : f.whole("return", 0, Long.MAX_VALUE),
                kind,
                f.text("key"),
                f.scalarOrEmpty("value"),
                f.scalarOrEmpty("expected"),
                outcome,
                kind.isSimple() ? f.scalarOrEmpty("result") : "",
                f.has("revision") ? f.whole("revision", 0, Long.MAX_VALUE) : 0,
                f.truth("serializable", false),
                (int) f.whole("member", 0, Integer.MAX_VALUE),
                f.whole("invokeEvent", 0, Long.MAX_VALUE),
                open ? 0 : f.whole("returnEvent", 0, Long.MAX_VALUE),
                asked(item),
                answered(item, kind, outcome));
    }

    private static Detail.Fields asked(Item line) {
        List<Detail.Field> fields = new ArrayList<>();
        if (line instanceof Item.Table table) {
            for (Item.Entry entry : table.entries()) {
                if (MORE.contains(entry.name()) && !entry.name().equals("error")) {
                    fields.add(new Detail.Field(entry.name(), Details.of(entry.value())));
                }
            }
        }
        return new Detail.Fields(fields);
    }

    private static Detail.Fields answered(Item line, Kind kind, Outcome outcome) {
        String told = outcome == Outcome.OK ? "result" : "error";
        if (line instanceof Item.Table table && (!kind.isSimple() || outcome != Outcome.OK)) {
            for (Item.Entry entry : table.entries()) {
                if (entry.name().equals(told)) {
                    Detail value = Details.of(entry.value());
                    if (outcome != Outcome.OK) {
                        return new Detail.Fields(List.of(new Detail.Field(told, value)));
                    }
                    return value instanceof Detail.Fields fields ? fields : Detail.Fields.NONE;
                }
            }
        }
        return Detail.Fields.NONE;
    }
}
