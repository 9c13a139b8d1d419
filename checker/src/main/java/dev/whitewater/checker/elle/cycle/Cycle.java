package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.model.Anomaly;

import java.util.List;

/**
 * A circle of transactions each of which must come before the next.
 *
 * @param type its class, as its steps tell
 * @param steps at least two; each begins where the one before ends, the first where the last ends,
 *     and no transaction occurs twice
 */
public record Cycle(Anomaly type, List<Step> steps) {

    /**
     * One transaction before another.
     *
     * @param kind one of the reasons in {@link dev.whitewater.checker.elle.graph.EdgeKind}
     */
    public record Step(int from, int to, int kind) {}

    public Cycle {
        steps = List.copyOf(steps);
        for (int i = 0; i < steps.size(); i++) {
            Step before = steps.get(i == 0 ? steps.size() - 1 : i - 1);
            if (before.to() != steps.get(i).from()) {
                throw new IllegalArgumentException(
                        "steps: expected a closed chain, got " + before + ", " + steps.get(i));
            }
        }
    }

    /** The cycle of these steps, with the class they have. */
    public static Cycle of(List<Step> steps) {
        return new Cycle(CycleClass.of(steps), steps);
    }
}
