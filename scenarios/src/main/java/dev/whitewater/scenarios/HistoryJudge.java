package dev.whitewater.scenarios;

import dev.whitewater.checker.history.Action;
import dev.whitewater.checker.history.Answer;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.HistoryBuilder;
import dev.whitewater.checker.history.Interval;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Witness;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.value.Value;
import dev.whitewater.scenarios.Judgement.Evidence;
import dev.whitewater.scenarios.Judgement.Kind;
import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.Verdict;
import dev.whitewater.sim.history.ClientOperation;

import java.util.ArrayList;
import java.util.List;

/**
 * M17: whether some order of the clients' operations, each at an instant between its call and its
 * return, explains every answer. Real time is the order of the run's events.
 */
final class HistoryJudge {
    private static final String NAME = "Strict serializability";

    private HistoryJudge() {}

    static Judgement judge(RunResult result) {
        return switch (Linearizability.check(history(result), Models.etcdKv())) {
            case dev.whitewater.checker.linear.Verdict.Valid valid -> ListJudge.judge(result);
            case dev.whitewater.checker.linear.Verdict.Unknown(String reason) ->
                    Judgement.unknown(
                            "Whether clients saw one order could not be decided: " + reason);
            case dev.whitewater.checker.linear.Verdict.Invalid(
                            List<String> methods,
                            Witness witness) ->
                    violated(result, witness);
        };
    }

    static String passed(RunResult result) {
        return "No rule was broken: "
                + result.events()
                + " events, "
                + result.history().size()
                + " client operations, and one order explains all answers.";
    }

    private static Judgement violated(RunResult result, Witness witness) {
        List<Integer> places = places(result, witness);
        long event = 0;
        for (int place : places) {
            event = Math.max(event, result.history().get(place).returnEvent());
        }
        return new Judgement(
                Kind.SAFETY_VIOLATED,
                "M17",
                NAME,
                witness.sentence(),
                event,
                new Evidence(places, witness.sentence()));
    }

    /** Where the history has them; what it doesn't have was called first of all. */
    private static List<Integer> places(RunResult result, Witness witness) {
        int before = result.unclaimed().size();
        return witness.operations().stream()
                .map(operation -> operation.id() - before)
                .filter(place -> place >= 0)
                .toList();
    }

    /**
     * What clients saw of a rule that a monitor found broken inside: the operations that prove it,
     * if it came so far.
     */
    static Evidence evidence(RunResult result, Verdict.Violated violated) {
        if (Linearizability.check(history(result), Models.etcdKv())
                instanceof
                dev.whitewater.checker.linear.Verdict.Invalid(
                        List<String> methods,
                        Witness witness)) {
            return new Evidence(places(result, witness), witness.sentence());
        }
        return new Evidence(List.of(), violated.message());
    }

    /**
     * The operations in the checker's terms; each keeps its place in the run's history. What came
     * of those that were never answered is taken from the log.
     */
    static History history(RunResult result) {
        HistoryBuilder builder = new HistoryBuilder();
        for (ClientOperation operation : result.history()) {
            builder.add(convert(operation));
        }
        for (ClientOperation operation : result.unclaimed()) {
            builder.add(convert(operation));
        }
        return builder.build();
    }

    private static Operation convert(ClientOperation operation) {
        Value client = Value.of(operation.client());
        return new Operation(0, client, action(operation), answer(operation), interval(operation));
    }

    /** If it happened, the log has told of it. */
    private static boolean changesKeys(ClientOperation operation) {
        return switch (operation.kind()) {
            case PUT, DELETE, CAS, DELETE_RANGE, TXN, LEASE_REVOKE -> true;
            default -> false;
        };
    }

    private static Interval interval(ClientOperation operation) {
        boolean unknown = operation.outcome() == ClientOperation.Outcome.UNKNOWN;
        if (unknown && changesKeys(operation)) {
            return new Interval(operation.invokeEvent(), operation.invokeEvent());
        }
        return unknown || operation.returnNanos() == ClientOperation.OPEN
                ? Interval.openSince(operation.invokeEvent())
                : new Interval(operation.invokeEvent(), operation.returnEvent());
    }

    private static Action action(ClientOperation operation) {
        Value key = Value.text(operation.key());
        if (!operation.asked().isEmpty() || !operation.kind().isSimple()) {
            return EtcdWords.action(operation);
        }
        return switch (operation.kind()) {
            case PUT -> new Action("put", key, Value.text(operation.value()));
            case GET ->
                    new Action(
                            operation.serializable() ? "get-serializable" : "get", key, Value.NIL);
            case DELETE -> new Action("delete", key, Value.NIL);
            case CAS -> {
                List<Value> values = new ArrayList<>();
                values.add(textOrNil(operation.expected()));
                values.add(Value.text(operation.value()));
                yield new Action("cas", key, new Value.Sequence(values));
            }
            default -> throw new IllegalStateException("not simple: " + operation);
        };
    }

    private static Answer answer(ClientOperation operation) {
        return switch (operation.outcome()) {
            case REFUSED -> EtcdWords.refusal(operation);
            case UNKNOWN -> changesKeys(operation) ? Answer.fail() : Answer.NONE;
            case OK -> Answer.ok(output(operation), operation.revision());
        };
    }

    private static Value output(ClientOperation operation) {
        return switch (operation.kind()) {
            case PUT -> Value.NIL;
            case GET -> textOrNil(operation.result());
            case DELETE -> Value.of(Long.parseLong(operation.result()));
            case CAS -> new Value.Bool(operation.result().equals("true"));
            default -> EtcdWords.value(operation.answered());
        };
    }

    private static Value textOrNil(String text) {
        return text.isEmpty() ? Value.NIL : Value.text(text);
    }
}
