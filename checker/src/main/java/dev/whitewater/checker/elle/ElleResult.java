package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.ConsistencyModel;

import java.util.List;

/**
 * The answer of a check.
 *
 * @param anomalies what was found of the kinds asked for, by name
 * @param not the weakest models that this history rules out, whether asked for or not
 * @param alsoNot the stronger models that are ruled out with them
 * @param reason why the verdict is {@link Verdict#UNKNOWN}, or why an invalid history may have more
 *     anomalies than these; empty otherwise
 */
public record ElleResult(
        Verdict verdict,
        List<AnomalyReport> anomalies,
        List<ConsistencyModel> not,
        List<ConsistencyModel> alsoNot,
        String reason) {

    public ElleResult {
        anomalies = List.copyOf(anomalies);
        not = List.copyOf(not);
        alsoNot = List.copyOf(alsoNot);
    }

    /** The same for this reason. */
    ElleResult because(String why) {
        return new ElleResult(verdict, anomalies, not, alsoNot, why);
    }

    /** The names of the anomalies, sorted. */
    public List<String> anomalyTypes() {
        return anomalies.stream().map(report -> report.type().label()).toList();
    }
}
