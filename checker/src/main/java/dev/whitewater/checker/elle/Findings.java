package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.elle.model.Lattice;
import dev.whitewater.checker.search.Exhausted;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Collects what a check finds, counts all and keeps the proofs of the first of each kind. */
final class Findings {
    private final int max;
    private final Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);
    private final Map<Anomaly, List<Finding>> kept = new EnumMap<>(Anomaly.class);

    Findings(int max) {
        this.max = max;
    }

    /** One more; its proof is only written when it will be kept. */
    void add(Anomaly type, Supplier<Finding> proof) {
        int count = counts.merge(type, 1, Integer::sum);
        if (count <= max) {
            kept.computeIfAbsent(type, t -> new ArrayList<>()).add(proof.get());
        }
    }

    void add(Anomaly type, List<Integer> transactions, Supplier<String> explanation) {
        add(type, () -> new Finding(type, transactions, explanation.get(), List.of()));
    }

    /**
     * What a check finds, which ends early when its budget does. What was found by then stands: an
     * anomaly is one whatever else there may be. Without one, nobody knows.
     */
    static ElleResult of(ElleOptions options, BiFunction<Findings, Purse, ElleResult> check) {
        Findings findings = new Findings(options.findingsMax());
        try (Purse purse = new Purse(options.budget())) {
            return check.apply(findings, purse);
        } catch (Exhausted e) {
            ElleResult sofar = findings.result(options);
            return sofar.verdict() == Verdict.INVALID
                    ? sofar.because(e.getMessage() + ", so there may be more than this")
                    : unusable(e.getMessage());
        }
    }

    /** The answer, given what was asked. */
    ElleResult result(ElleOptions options) {
        Set<Anomaly> forbidden = options.forbidden();
        List<AnomalyReport> reports = new ArrayList<>();
        boolean invalid = false;
        for (Anomaly type : counts.keySet()) {
            if (forbidden.contains(type) || type.leavesUnknown()) {
                reports.add(new AnomalyReport(type, counts.get(type), kept.get(type)));
                invalid |= forbidden.contains(type);
            }
        }
        if (reports.isEmpty()) {
            return new ElleResult(Verdict.VALID, List.of(), List.of(), List.of(), "");
        }
        reports.sort((a, b) -> a.type().label().compareTo(b.type().label()));
        Lattice.Boundary boundary = Lattice.boundary(counts.keySet());
        return new ElleResult(
                invalid ? Verdict.INVALID : Verdict.UNKNOWN,
                reports,
                boundary.not(),
                boundary.alsoNot(),
                invalid ? "" : "no two transactions are related, so there was nothing to judge");
    }

    /** The answer when the history can't be judged at all. */
    static ElleResult unusable(String reason) {
        return new ElleResult(Verdict.UNKNOWN, List.of(), List.of(), List.of(), reason);
    }
}
