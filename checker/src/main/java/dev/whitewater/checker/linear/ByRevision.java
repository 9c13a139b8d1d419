package dev.whitewater.checker.linear;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.history.Operation;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.revision.RevisionOrder;
import dev.whitewater.checker.value.Value;

import java.util.List;
import java.util.stream.IntStream;

/** The check by revisions ({@link RevisionOrder}, monitor M17) as a verdict. */
public final class ByRevision {
    private static final List<String> METHOD = List.of("revision");

    private ByRevision() {}

    /** Judges a history of the model etcd-kv whose answers carry revisions. */
    public static Verdict check(History history) {
        return Linearizability.check(
                history, Models.etcdKv(), Options.DEFAULT.with(Algorithm.REVISION));
    }

    static Verdict verdict(History history, Finding finding) {
        return switch (finding) {
            case Finding.Undecided(String reason) -> new Verdict.Unknown(reason);
            case Finding.Ordered(int[] order) ->
                    new Verdict.Valid(METHOD, List.of(new Order(Value.NIL, Numbers.of(order))));
            case Finding.Broken broken -> new Verdict.Invalid(METHOD, witness(history, broken));
        };
    }

    private static Witness witness(History history, Finding.Broken broken) {
        List<Operation> operations =
                IntStream.of(broken.operations()).sorted().mapToObj(history::operation).toList();
        return new Witness(
                broken.rule(), broken.sentence(), operations, Value.NIL, broken.at(), List.of());
    }
}
