package dev.whitewater.checker.workload;

import dev.whitewater.checker.history.Operation;

import java.util.List;

/**
 * What a check of one of Jepsen's workloads found.
 *
 * @param validity invalid if there is any anomaly
 * @param reason why it is unknown, else empty
 */
public record WorkloadResult(Validity validity, List<Anomaly> anomalies, String reason) {
    public WorkloadResult {
        anomalies = List.copyOf(anomalies);
    }

    /** The three answers. */
    public enum Validity {
        VALID,
        INVALID,
        UNKNOWN
    }

    /** Something that must not be, the rule it breaks and the operations that show it. */
    public record Anomaly(String rule, String sentence, List<Operation> operations) {
        public Anomaly {
            operations = List.copyOf(operations);
        }
    }

    static WorkloadResult of(List<Anomaly> anomalies) {
        Validity validity = anomalies.isEmpty() ? Validity.VALID : Validity.INVALID;
        return new WorkloadResult(validity, anomalies, "");
    }

    static WorkloadResult unknown(String reason) {
        return new WorkloadResult(Validity.UNKNOWN, List.of(), reason);
    }
}
