package dev.whitewater.scenarios;

import dev.whitewater.checker.elle.AnomalyReport;
import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.ElleResult;
import dev.whitewater.checker.elle.HistoryBuilder;
import dev.whitewater.checker.elle.ListAppend;
import dev.whitewater.checker.elle.OpType;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Workload;
import dev.whitewater.scenarios.Judgement.Evidence;
import dev.whitewater.scenarios.Judgement.Kind;
import dev.whitewater.sim.RunResult;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.history.Detail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Elle's judgement of those who append to lists: whether their transactions, as they meant them,
 * fit one order. That each request was answered rightly says nothing of a recipe of several.
 */
final class ListJudge {
    private static final String NAME = "Strict serializability of lists (Elle)";

    private ListJudge() {}

    /** A call or a return. */
    private record Half(long event, OpType type, long process, List<Detail> steps) {}

    /** Of a run in which nothing else is wrong. */
    static Judgement judge(RunResult result) {
        List<Half> halves = halves(result.history());
        if (halves.isEmpty()) {
            return Judgement.passed(HistoryJudge.passed(result));
        }
        ElleResult elle = ListAppend.check(history(halves), ElleOptions.defaults());
        return switch (elle.verdict()) {
            case INVALID ->
                    new Judgement(
                            Kind.SAFETY_VIOLATED,
                            "M17",
                            NAME,
                            proof(elle.anomalies().getFirst()),
                            halves.getLast().event(),
                            Evidence.NONE);
            // Nothing relates two of them, or the harness wrote an element twice.
            case UNKNOWN, VALID ->
                    elle.reason().contains("more than once")
                            ? Judgement.unknown("The lists can't be judged: " + elle.reason())
                            : Judgement.passed(HistoryJudge.passed(result));
        };
    }

    private static String proof(AnomalyReport report) {
        return report.type().label() + ": " + report.findings().getFirst().explanation();
    }

    private static List<Half> halves(List<ClientOperation> operations) {
        List<Half> halves = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            ClientOperation operation = operations.get(i);
            List<Detail> steps = steps(operation);
            if (!steps.isEmpty()) {
                boolean unknown = operation.outcome() == ClientOperation.Outcome.UNKNOWN;
                // Who never heard of it goes on; a process of Elle's waits for ever.
                long process = unknown ? -1 - i : operation.client();
                halves.add(new Half(operation.invokeEvent(), OpType.INVOKE, process, steps));
                if (!unknown) {
                    halves.add(new Half(operation.returnEvent(), type(operation), process, steps));
                }
            }
        }
        halves.sort(Comparator.comparingLong(Half::event));
        return halves;
    }

    private static List<Detail> steps(ClientOperation operation) {
        for (Detail.Field field : operation.asked().fields()) {
            if (field.name().equals("transaction")
                    && field.value() instanceof Detail.Items(List<Detail> steps)) {
                return steps;
            }
        }
        return List.of();
    }

    private static OpType type(ClientOperation operation) {
        boolean undone =
                operation
                        .answered()
                        .fields()
                        .contains(new Detail.Field("succeeded", new Detail.Truth(false)));
        return undone || operation.outcome() == ClientOperation.Outcome.REFUSED
                ? OpType.FAIL
                : OpType.OK;
    }

    private static TransactionHistory history(List<Half> halves) {
        HistoryBuilder builder = new HistoryBuilder(Workload.LIST_APPEND);
        for (Half half : halves) {
            builder.begin(half.type(), half.process());
            for (Detail step : half.steps()) {
                add(builder, ((Detail.Items) step).items());
            }
            builder.end();
        }
        return builder.build();
    }

    private static void add(HistoryBuilder builder, List<Detail> step) {
        int key = builder.values().of(text(step.get(1)));
        if (text(step.getFirst()).equals("append")) {
            builder.write(key, id(builder, step.get(2)));
        } else if (step.get(2) instanceof Detail.Items(List<Detail> found)) {
            int[] elements = found.stream().mapToInt(element -> id(builder, element)).toArray();
            builder.readIds(key, elements, 0, elements.length);
        } else {
            builder.readIds(key, new int[0], 0, 0);
        }
    }

    private static int id(HistoryBuilder builder, Detail element) {
        return builder.values().of(((Detail.Whole) element).number());
    }

    private static String text(Detail detail) {
        return ((Detail.Text) detail).text();
    }
}
