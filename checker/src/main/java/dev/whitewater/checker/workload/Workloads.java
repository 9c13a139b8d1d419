package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.UnsupportedOperation;
import dev.whitewater.checker.search.Exhausted;
import dev.whitewater.checker.search.Purse;

import java.util.List;
import java.util.Optional;

/** The checks of Jepsen's workloads that elle-cli knows, besides linearizability and Elle. */
public final class Workloads {
    /** All names that {@link #check} knows. */
    public static final List<String> NAMES =
            List.of("set", "set-full", "counter", "bank", "long-fork", "sequential", "comments");

    private Workloads() {}

    /**
     * Checks a history as the workload of that name; empty if there is none. Running out of the
     * budget before an anomaly is found is unknown, never a pass.
     *
     * @throws UnsupportedOperation if an operation is none of that workload
     */
    public static Optional<WorkloadResult> check(
            String name, History history, WorkloadOptions options) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (Purse purse = new Purse(options.budget())) {
            Anomalies anomalies = new Anomalies(purse);
            try {
                return Optional.of(check(name, history, options, anomalies));
            } catch (Exhausted e) {
                return Optional.of(anomalies.interrupted(e.getMessage()));
            }
        }
    }

    private static WorkloadResult check(
            String name, History history, WorkloadOptions options, Anomalies anomalies) {
        String changes =
                switch (name) {
                    case "set", "set-full", "counter" -> "add";
                    case "bank" -> "transfer";
                    default -> "write";
                };
        refuseOthers(name, history, changes);
        return switch (name) {
            case "set" -> SetChecks.set(history, anomalies);
            case "set-full" -> SetChecks.setFull(history, options.linearizable(), anomalies);
            case "counter" -> CounterCheck.check(history, anomalies);
            case "bank" -> BankCheck.check(history, options, anomalies);
            case "long-fork" -> LongForkCheck.check(history, options.groupSize(), anomalies);
            case "sequential" -> OrderChecks.sequential(history, anomalies);
            case "comments" -> OrderChecks.comments(history, anomalies);
            default -> throw new IllegalStateException("workload: expected a name, got " + name);
        };
    }

    private static void refuseOthers(String name, History history, String changes) {
        for (int op = 0; op < history.size(); op++) {
            String function = history.function(op);
            if (!function.equals("read") && !function.equals(changes)) {
                throw new UnsupportedOperation(name, history.operation(op), changes + " and read");
            }
        }
    }
}
