package dev.whitewater.cli;

import dev.whitewater.checker.elle.ElleOptions;
import dev.whitewater.checker.elle.ElleResult;
import dev.whitewater.checker.elle.SessionLevels;
import dev.whitewater.checker.elle.SessionLevels.Level;
import dev.whitewater.checker.elle.TransactionHistory;
import dev.whitewater.checker.elle.Verdict;
import dev.whitewater.checker.elle.model.ConsistencyModel;
import dev.whitewater.checker.elle.model.Lattice;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found of the levels over sessions.
 *
 * @param circles for each level that was judged the transactions of a circle; none if it holds
 * @param failed levels that were expected to hold and don't
 * @param unjudged why a level that was expected to hold wasn't judged; empty if none was left out
 */
record SessionVerdict(Map<Level, List<Integer>> circles, List<Level> failed, String unjudged) {
    static final SessionVerdict NOT_ASKED =
            new SessionVerdict(new EnumMap<>(Level.class), List.of(), "");

    /** Judges all levels; expected are those that the expected models promise. */
    static SessionVerdict of(TransactionHistory history, ElleOptions options) {
        SessionLevels.Judged judged = SessionLevels.judge(history, options.budget());
        Set<ConsistencyModel> promised = Lattice.promisedBy(options.consistencyModels());
        List<Level> failed = new ArrayList<>();
        String unjudged = "";
        for (Level level : Level.values()) {
            if (!promised.contains(model(level))) {
                continue;
            }
            if (!judged.circles().containsKey(level)) {
                unjudged = "its sessions were not judged: " + judged.reason();
            } else if (!judged.circles().get(level).isEmpty()) {
                failed.add(level);
            }
        }
        return new SessionVerdict(judged.circles(), failed, unjudged);
    }

    private static ConsistencyModel model(Level level) {
        return switch (level) {
            case READ_COMMITTED -> ConsistencyModel.READ_COMMITTED;
            case READ_ATOMIC -> ConsistencyModel.READ_ATOMIC;
            case CAUSAL -> ConsistencyModel.CAUSAL_CERONE;
        };
    }

    boolean asked() {
        return !circles.isEmpty();
    }

    /** The verdict on the history, sessions included. */
    ElleResult over(ElleResult result) {
        if (!failed.isEmpty() && result.verdict() != Verdict.INVALID) {
            return over(result, Verdict.INVALID, sentence());
        }
        return !unjudged.isEmpty() && result.verdict() == Verdict.VALID
                ? over(result, Verdict.UNKNOWN, unjudged)
                : result;
    }

    private static ElleResult over(ElleResult result, Verdict verdict, String reason) {
        return new ElleResult(verdict, result.anomalies(), result.not(), result.alsoNot(), reason);
    }

    private String sentence() {
        List<String> names = failed.stream().map(Level::label).toList();
        return "whatever the order of writes, its sessions are not " + String.join(", ", names);
    }
}
