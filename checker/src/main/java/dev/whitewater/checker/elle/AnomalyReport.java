package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.Anomaly;

import java.util.List;

/**
 * All that was found of one kind.
 *
 * @param count how many instances there are
 * @param findings the first of them, as many as {@link ElleOptions#findingsMax()} allows
 */
public record AnomalyReport(Anomaly type, int count, List<Finding> findings) {
    public AnomalyReport {
        findings = List.copyOf(findings);
    }
}
