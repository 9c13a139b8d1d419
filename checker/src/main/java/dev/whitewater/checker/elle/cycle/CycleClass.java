package dev.whitewater.checker.elle.cycle;

import dev.whitewater.checker.elle.cycle.Cycle.Step;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.model.Anomaly;

import java.util.List;

/**
 * Names a cycle by the reasons on its steps: how many anti-dependencies there are and whether two
 * of them follow each other (Adya's thesis §3.2 and §4.2; Cerone and Gotsman for the adjacency),
 * and the weakest order it leans on.
 */
final class CycleClass {
    private static final int SEVERAL = 2;

    private CycleClass() {}

    /** The class of a closed walk; whether a transaction repeats doesn't matter here. */
    static Anomaly of(List<Step> steps) {
        int seen = 0;
        int antiDependencies = 0;
        for (Step step : steps) {
            seen |= step.kind();
            antiDependencies += isAntiDependency(step) ? 1 : 0;
        }
        return Anomaly.named(dataClass(steps, seen, antiDependencies) + suffix(seen));
    }

    /** Whether two anti-dependencies follow each other somewhere in the circle. */
    static boolean hasAdjacent(List<Step> steps) {
        Step before = steps.getLast();
        for (Step step : steps) {
            if (isAntiDependency(before) && isAntiDependency(step)) {
                return true;
            }
            before = step;
        }
        return false;
    }

    private static String dataClass(List<Step> steps, int seen, int antiDependencies) {
        String item = (seen & EdgeKind.RWP) == 0 ? "-item" : "";
        if (antiDependencies >= SEVERAL) {
            return (hasAdjacent(steps) ? "G2" : "G-nonadjacent") + item;
        }
        if (antiDependencies == 1) {
            return "G-single" + item;
        }
        if ((seen & EdgeKind.WR) != 0) {
            return "G1c";
        }
        if ((seen & EdgeKind.WW) != 0) {
            return "G0";
        }
        throw new IllegalArgumentException(
                "cycle: expected a dependency by data, got only orders in " + steps);
    }

    private static String suffix(int seen) {
        if ((seen & EdgeKind.REALTIME) != 0) {
            return "-realtime";
        }
        return (seen & EdgeKind.PROCESS) != 0 ? "-process" : "";
    }

    private static boolean isAntiDependency(Step step) {
        return (step.kind() & EdgeKind.ANY_RW) != 0;
    }
}
