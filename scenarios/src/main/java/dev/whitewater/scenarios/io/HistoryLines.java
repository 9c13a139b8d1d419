package dev.whitewater.scenarios.io;

import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.ClientOperation.Outcome;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    private static final List<String> KINDS = List.of("put", "get", "delete", "cas");
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
        json.text("kind", KINDS.get(operation.kind().ordinal())).text("key", operation.key());
        boolean writes = operation.kind() == Kind.PUT || operation.kind() == Kind.CAS;
        if (writes) {
            json.text("value", operation.value());
        }
        if (operation.kind() == Kind.CAS) {
            nullable(json, "expected", operation.expected());
        }
        json.text("outcome", OUTCOMES.get(operation.outcome().ordinal()));
        if (operation.outcome() == Outcome.OK) {
            result(json, operation);
            json.number("revision", operation.revision());
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
        Fields f = Fields.of(item, "", false, FIELDS);
        long op = f.whole("op", 0, Integer.MAX_VALUE);
        if (op != number) {
            throw InputRefused.expected(
                    f.item("op").place(), "op", number + ", the next in order", "" + op);
        }
        Kind kind = Kind.valueOf(f.oneOf("kind", KINDS).toUpperCase(Locale.ROOT));
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
                f.scalarOrEmpty("result"),
                f.has("revision") ? f.whole("revision", 0, Long.MAX_VALUE) : 0,
                f.truth("serializable", false),
                (int) f.whole("member", 0, Integer.MAX_VALUE),
                f.whole("invokeEvent", 0, Long.MAX_VALUE),
                open ? 0 : f.whole("returnEvent", 0, Long.MAX_VALUE));
    }
}
