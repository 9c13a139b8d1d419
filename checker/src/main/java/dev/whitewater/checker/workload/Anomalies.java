package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.workload.WorkloadResult.Anomaly;

import java.util.ArrayList;
import java.util.List;

/** What one check has found so far, at the cost of its purse. */
final class Anomalies {
    /** An anomaly and its list; an operation of which it speaks. */
    private static final int BYTES = 128;

    private static final int BYTES_PER_OPERATION = 192;

    private final Purse purse;
    private final List<Anomaly> found = new ArrayList<>();

    Anomalies(Purse purse) {
        this.purse = purse;
    }

    Purse purse() {
        return purse;
    }

    void add(String rule, String sentence, Operation... operations) {
        purse.take(BYTES + 2L * sentence.length() + (long) BYTES_PER_OPERATION * operations.length);
        found.add(new Anomaly(rule, sentence, List.of(operations)));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Valid if there are none. */
    WorkloadResult result() {
        return WorkloadResult.of(found);
    }

    /** The budget has ended: what was found stands, but that nothing was found says nothing. */
    WorkloadResult interrupted(String reason) {
        return found.isEmpty() ? WorkloadResult.unknown(reason) : result();
    }
}
