package dev.whitewater.cli;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.linear.Order;
import dev.whitewater.reports.check.Judged;
import dev.whitewater.scenarios.io.Json;

import java.util.List;

/**
 * A judged history for a terminal or for a program.
 *
 * @param count how many operations (or records) there were
 */
record CheckText(Screen screen, History history, int count, Judged judged, boolean explain) {
    private static final int PROOFS = 5;
    private static final int ORDER = 40;
    private static final int LINE = 300;

    void print() {
        String what = count + " operations on " + judged.model();
        switch (judged.answer()) {
            case VALID ->
                    screen.line(screen.good("VALID") + "  " + what + ": nothing here is wrong");
            case UNKNOWN ->
                    screen.line(screen.doubtful("UNKNOWN") + "  " + what + ": " + judged.reason());
            case INVALID ->
                    screen.line(
                            screen.bad("INVALID")
                                    + "  "
                                    + what
                                    + ": "
                                    + judged.proofs().getFirst().rule());
        }
        List<Judged.Proof> shown = judged.proofs();
        if (!explain && shown.size() > PROOFS) {
            shown = shown.subList(0, PROOFS);
        }
        for (int i = 0; i < shown.size(); i++) {
            proof(shown.get(i), i > 0);
        }
        if (shown.size() < judged.proofs().size()) {
            int more = judged.proofs().size() - shown.size();
            screen.line("  and " + more + " more; --explain shows all");
        }
        if (explain) {
            orders();
        }
    }

    private void proof(Judged.Proof proof, boolean named) {
        screen.line("  " + (named ? proof.rule() + ": " : "") + cut(proof.sentence()));
        for (Operation operation : proof.operations()) {
            screen.line(
                    cut(
                            "  "
                                    + operation.id()
                                    + "  client "
                                    + operation.client()
                                    + "  "
                                    + operation));
        }
    }

    private void orders() {
        for (Order order : judged.orders()) {
            String of = order.partition().isNil() ? "" : " of " + order.partition();
            screen.line("an order" + of + " that explains all answers:");
            order(order.operations());
        }
        if (!judged.prefix().isEmpty()) {
            screen.line("the longest order found, up to operation " + judged.stuckAt() + ":");
            order(judged.prefix());
        }
    }

    private void order(List<Integer> operations) {
        int from = Math.max(0, operations.size() - ORDER);
        if (from > 0) {
            screen.line("  … " + from + " before, all in --json");
        }
        for (int op : operations.subList(from, operations.size())) {
            Operation operation = history.operation(op);
            screen.line(cut("  " + op + "  client " + operation.client() + "  " + operation));
        }
    }

    private static String cut(String line) {
        return line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…";
    }

    void json(double seconds) {
        screen.line(Json.object(out -> fields(out, seconds)));
    }

    private void fields(Json out, double seconds) {
        switch (judged.answer()) {
            case VALID -> out.truth("valid", true);
            case INVALID -> out.truth("valid", false);
            case UNKNOWN -> out.text("valid", "unknown").text("reason", judged.reason());
        }
        out.text("model", judged.model()).text("algorithm", judged.algorithm());
        out.number("operations", count).decimal("seconds", seconds);
        if (!judged.proofs().isEmpty()) {
            Judged.Proof first = judged.proofs().getFirst();
            out.fields("witness", witness -> witness(witness, first));
        }
        if (judged.proofs().size() > 1) {
            out.list("anomalies", judged.proofs(), CheckText::fields);
        }
        if (explain && !judged.orders().isEmpty()) {
            out.list(
                    "orders",
                    judged.orders(),
                    (each, order) ->
                            each.text("partition", order.partition().toString())
                                    .numbers("operations", order.operations()));
        }
    }

    private void witness(Json out, Judged.Proof proof) {
        fields(out, proof);
        if (judged.stuckAt() >= 0) {
            out.number("stuckAt", judged.stuckAt());
            out.number("prefixLength", judged.prefix().size());
        }
        if (explain) {
            out.numbers("prefix", judged.prefix());
        }
    }

    private static void fields(Json out, Judged.Proof proof) {
        out.text("rule", proof.rule()).text("sentence", proof.sentence());
        out.list("operations", proof.operations(), CheckText::operation);
    }

    private static void operation(Json out, Operation operation) {
        out.number("op", operation.id())
                .text("client", operation.client().toString())
                .text("operation", operation.toString())
                .number("invoke", operation.interval().invoke());
        if (operation.interval().isOpen()) {
            out.nothing("return");
        } else {
            out.number("return", operation.interval().complete());
        }
    }
}
