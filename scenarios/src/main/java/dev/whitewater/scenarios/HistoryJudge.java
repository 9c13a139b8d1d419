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
        return switch (Linearizability.check(history(result.history()), Models.etcdKv())) {
            case dev.whitewater.checker.linear.Verdict.Valid valid ->
                    Judgement.passed(passed(result));
            case dev.whitewater.checker.linear.Verdict.Unknown(String reason) ->
                    Judgement.unknown(
                            "Whether clients saw one order could not be decided: " + reason);
            case dev.whitewater.checker.linear.Verdict.Invalid(
                            List<String> methods,
                            Witness witness) ->
                    violated(result, witness);
        };
    }

    private static String passed(RunResult result) {
        return "No rule was broken: "
                + result.events()
                + " events, "
                + result.history().size()
                + " client operations, and one order explains all answers.";
    }

    private static Judgement violated(RunResult result, Witness witness) {
        List<Integer> places = witness.operations().stream().map(Operation::id).toList();
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

    /**
     * What clients saw of a rule that a monitor found broken inside: the operations that prove it,
     * if it came so far.
     */
    static Evidence evidence(RunResult result, Verdict.Violated violated) {
        if (Linearizability.check(history(result.history()), Models.etcdKv())
                instanceof
                dev.whitewater.checker.linear.Verdict.Invalid(
                        List<String> methods,
                        Witness witness)) {
            return new Evidence(
                    witness.operations().stream().map(Operation::id).toList(), witness.sentence());
        }
        return new Evidence(List.of(), violated.message());
    }

    /** The operations in the checker's terms; each keeps its place in the run's history. */
    static History history(List<ClientOperation> operations) {
        HistoryBuilder builder = new HistoryBuilder();
        for (ClientOperation operation : operations) {
            builder.add(convert(operation));
        }
        return builder.build();
    }

    private static Operation convert(ClientOperation operation) {
        Value client = Value.of(operation.client());
        return new Operation(0, client, action(operation), answer(operation), interval(operation));
    }

    private static Interval interval(ClientOperation operation) {
        return operation.outcome() == ClientOperation.Outcome.UNKNOWN
                        || operation.returnNanos() == ClientOperation.OPEN
                ? Interval.openSince(operation.invokeEvent())
                : new Interval(operation.invokeEvent(), operation.returnEvent());
    }

    private static Action action(ClientOperation operation) {
        Value key = Value.text(operation.key());
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
        };
    }

    private static Answer answer(ClientOperation operation) {
        return switch (operation.outcome()) {
            case REFUSED -> Answer.fail();
            case UNKNOWN -> Answer.NONE;
            case OK -> Answer.ok(output(operation), operation.revision());
        };
    }

    private static Value output(ClientOperation operation) {
        return switch (operation.kind()) {
            case PUT -> Value.NIL;
            case GET -> textOrNil(operation.result());
            case DELETE -> Value.of(Long.parseLong(operation.result()));
            case CAS -> new Value.Bool(operation.result().equals("true"));
        };
    }

    private static Value textOrNil(String text) {
        return text.isEmpty() ? Value.NIL : Value.text(text);
    }
}
