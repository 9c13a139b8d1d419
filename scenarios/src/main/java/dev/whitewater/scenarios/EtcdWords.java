package dev.whitewater.scenarios;

import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.value.Value;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.ClientOperation.Kind;
import dev.whitewater.sim.history.Detail;

import java.util.ArrayList;
import java.util.List;

/** Operations on more than a key and a value, in the checker's terms. */
final class EtcdWords {

    /** Refusals that say something of the store. */
    private static final List<String> TELLING =
            List.of("compacted", "future-revision", "lease-not-found");

    private EtcdWords() {}

    static Action action(ClientOperation operation) {
        List<Value.Entry> fields = new ArrayList<>();
        if (!operation.value().isEmpty()) {
            fields.add(entry("value", Value.text(operation.value())));
        }
        if (operation.kind() == Kind.RANGE) {
            fields.add(entry("serializable", new Value.Bool(operation.serializable())));
        }
        for (Detail.Field field : operation.asked().fields()) {
            fields.add(entry(field.name(), value(field.value())));
        }
        String function = operation.kind() == Kind.PUT ? "put-leased" : operation.kind().text();
        return new Action(function, Value.text(operation.key()), new Value.Mapping(fields));
    }

    /** Mostly nothing happened, and that is all; some refusals can be judged. */
    static Answer refusal(ClientOperation operation) {
        for (Detail.Field field : operation.answered().fields()) {
            if (field.value() instanceof Detail.Text(String error)
                    && TELLING.contains(error)
                    && isJudged(operation)) {
                return Answer.ok(new Value.Mapping(List.of(entry("error", Value.text(error)))), 0);
            }
        }
        return Answer.fail();
    }

    /** A serializable read is refused by what its member knows, which may be little. */
    private static boolean isJudged(ClientOperation operation) {
        return switch (operation.kind()) {
            case RANGE -> !operation.serializable();
            case LEASE_REVOKE, LEASE_KEEPALIVE -> true;
            default -> false;
        };
    }

    static Value value(Detail detail) {
        return switch (detail) {
            case Detail.Text(String text) -> Value.text(text);
            case Detail.Whole(long number) -> Value.of(number);
            case Detail.Truth(boolean truth) -> new Value.Bool(truth);
            case Detail.Absent() -> Value.NIL;
            case Detail.Items items ->
                    new Value.Sequence(items.items().stream().map(EtcdWords::value).toList());
            case Detail.Fields fields ->
                    new Value.Mapping(
                            fields.fields().stream()
                                    .map(field -> entry(field.name(), value(field.value())))
                                    .toList());
        };
    }

    private static Value.Entry entry(String name, Value value) {
        return new Value.Entry(Value.text(name), value);
    }
}
