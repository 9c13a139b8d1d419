package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.UnsupportedOperation;

import java.util.List;
import java.util.Optional;

/** The checks of Jepsen's workloads that elle-cli knows, besides linearizability and Elle. */
public final class Workloads {
    /** All names that {@link #check} knows. */
    public static final List<String> NAMES =
            List.of("set", "set-full", "counter", "bank", "long-fork", "sequential", "comments");

    private Workloads() {}

    /**
     * Checks a history as the workload of that name; empty if there is none.
     *
     * @throws UnsupportedOperation if an operation is none of that workload
     */
    public static Optional<WorkloadResult> check(
            String name, History history, WorkloadOptions options) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        String changes =
                switch (name) {
                    case "set", "set-full", "counter" -> "add";
                    case "bank" -> "transfer";
                    default -> "write";
                };
        refuseOthers(name, history, changes);
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

    private static void refuseOthers(String name, History history, String changes) {
        for (int op = 0; op < history.size(); op++) {
            String function = history.function(op);
            if (!function.equals("read") && !function.equals(changes)) {
                throw new UnsupportedOperation(name, history.operation(op), changes + " and read");
            }
        }
    }
}
