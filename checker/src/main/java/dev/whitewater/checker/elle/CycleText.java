package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.Explanation.Pair;
import dev.whitewater.checker.elle.Finding.Link;
import dev.whitewater.checker.elle.cycle.Cycle;
import dev.whitewater.checker.elle.cycle.Cycle.Step;
import dev.whitewater.checker.elle.graph.EdgeKind;

import java.util.ArrayList;
import java.util.List;

/** A cycle in words: names for its transactions, then why each precedes the next. */
final class CycleText {
    private final TransactionHistory history;
    private final Explanation explanation;

    CycleText(TransactionHistory history, Explanation explanation) {
        this.history = history;
        this.explanation = explanation;
    }

    Finding finding(Cycle cycle) {
        List<Integer> transactions = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        StringBuilder text = new StringBuilder("Let:\n");
        List<Step> steps = cycle.steps();
        for (int i = 0; i < steps.size(); i++) {
            transactions.add(steps.get(i).from());
            text.append("  ").append(name(i)).append(" = ");
            text.append(history.describe(steps.get(i).from())).append("\n");
        }
        text.append("\nThen:\n");
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            Step step = steps.get(i);
            Pair pair = new Pair(step.from(), step.to(), name(i), name(last ? 0 : i + 1));
            String because = because(pair, step.kind());
            links.add(new Link(step.from(), step.to(), EdgeKind.label(step.kind()), because));
            text.append(last ? "  - However, " : "  - ");
            text.append(pair.fromName()).append(" < ").append(pair.toName());
            text.append(", because ").append(because);
            text.append(last ? ": a contradiction!" : ".\n");
        }
        return new Finding(cycle.type(), transactions, text.toString(), links);
    }

    private static String name(int at) {
        return "T" + (at + 1);
    }

    private String because(Pair pair, int kind) {
        return switch (kind) {
            case EdgeKind.PROCESS ->
                    "process "
                            + history.process(pair.from())
                            + " ran "
                            + pair.fromName()
                            + " before "
                            + pair.toName();
            case EdgeKind.REALTIME ->
                    pair.fromName()
                            + " had completed at index "
                            + history.completed(pair.from())
                            + " when "
                            + pair.toName()
                            + " began at index "
                            + history.invoked(pair.to());
            default -> explanation.because(pair, kind);
        };
    }
}
