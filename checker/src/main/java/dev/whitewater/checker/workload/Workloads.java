package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;

import java.util.List;
import java.util.Optional;

/** The checks of Jepsen's workloads that elle-cli knows, besides linearizability and Elle. */
public final class Workloads {
    /** All names that {@link #check} knows. */
    public static final List<String> NAMES =
            List.of("set", "set-full", "counter", "bank", "long-fork", "sequential", "comments");

    private Workloads() {}

    /** Checks a history as the workload of that name; empty if there is none. */
    public static Optional<WorkloadResult> check(
            String name, History history, WorkloadOptions options) {
        return switch (name) {
            case "set" -> Optional.of(SetChecks.set(history));
            case "set-full" -> Optional.of(SetChecks.setFull(history, options.linearizable()));
            case "counter" -> Optional.of(CounterCheck.check(history));
            case "bank" -> Optional.of(BankCheck.check(history, options));
            case "long-fork" -> Optional.of(LongForkCheck.check(history, options.groupSize()));
            case "sequential" -> Optional.of(OrderChecks.sequential(history));
            case "comments" -> Optional.of(OrderChecks.comments(history));
            default -> Optional.empty();
        };
    }
}
