package dev.whitewater.cli;

import dev.whitewater.checker.contract.Breach;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.linear.Linearizability;
import dev.whitewater.checker.linear.Options;
import dev.whitewater.checker.linear.Verdict;
import dev.whitewater.checker.linear.Witness;
import dev.whitewater.checker.model.Model;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.revision.RevisionOrder;
import dev.whitewater.checker.search.Exhausted;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.workload.WorkloadOptions;
import dev.whitewater.checker.workload.WorkloadResult;
import dev.whitewater.checker.workload.Workloads;
import dev.whitewater.reports.check.Judged;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Hands a history to the one who can judge it, and tells the verdict in one form. */
final class CheckJudge {
    private CheckJudge() {}

    static Judged byOrder(String name, History history, Model<?> model, Options options) {
        return told(name, Linearizability.check(history, model, options));
    }

    static Judged byRevision(String name, History history, Options options) {
        if (!name.equals("etcd") || !RevisionOrder.canJudge(history)) {
            return Judged.unknown(
                    name, "revision", "the answers don't carry the revisions that would tell");
        }
        return told(name, Linearizability.check(history, Models.etcdKv(), options));
    }

    static Judged told(String name, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Valid valid ->
                    Judged.valid(name, String.join("+", valid.methods()), valid.orders());
            case Verdict.Unknown(String reason) -> Judged.unknown(name, "none", reason);
            case Verdict.Invalid(List<String> methods, Witness witness) -> {
                Judged.Proof proof =
                        new Judged.Proof(witness.rule(), witness.sentence(), witness.operations());
                yield Judged.invalid(name, String.join("+", methods), List.of(proof))
                        .upTo(witness.prefix(), witness.stuckAt());
            }
        };
    }

    static Judged byWorkload(String name, History history, WorkloadOptions options) {
        WorkloadResult result =
                Workloads.check(name, history, options)
                        .orElseThrow(() -> new IllegalStateException("no workload: " + name));
        return switch (result.validity()) {
            case VALID -> Judged.valid(name, name, List.of());
            case UNKNOWN -> Judged.unknown(name, name, result.reason());
            case INVALID -> {
                List<Judged.Proof> proofs = new ArrayList<>();
                for (WorkloadResult.Anomaly anomaly : result.anomalies()) {
                    proofs.add(
                            new Judged.Proof(
                                    anomaly.rule(), anomaly.sentence(), anomaly.operations()));
                }
                yield Judged.invalid(name, name, proofs);
            }
        };
    }

    /** What was promised and not kept; a budget that is used up leaves that open. */
    static Judged byContract(String model, Budget budget, Function<Purse, List<Breach>> contract) {
        List<Breach> breaches;
        try (Purse purse = new Purse(budget)) {
            breaches = contract.apply(purse);
        } catch (Exhausted e) {
            return Judged.unknown(model, "contracts", e.getMessage());
        }
        List<Judged.Proof> proofs = new ArrayList<>();
        for (Breach breach : breaches) {
            String sentence = breach.sentence();
            String ended = sentence.endsWith(".") ? sentence : sentence + ".";
            proofs.add(new Judged.Proof(breach.rule(), ended, List.of()));
        }
        return proofs.isEmpty()
                ? Judged.valid(model, "contracts", List.of())
                : Judged.invalid(model, "contracts", proofs);
    }
}
