package dev.whitewater.cli;

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
 */
record SessionVerdict(Map<Level, List<Integer>> circles, List<Level> failed) {
    static final SessionVerdict NOT_ASKED =
            new SessionVerdict(new EnumMap<>(Level.class), List.of());

    /** Judges all levels; expected are those that the expected models promise. */
    static SessionVerdict of(TransactionHistory history, List<ConsistencyModel> expected) {
        Map<Level, List<Integer>> circles = SessionLevels.broken(history);
        Set<ConsistencyModel> promised = Lattice.promisedBy(expected);
        List<Level> failed = new ArrayList<>();
        circles.forEach(
                (level, circle) -> {
                    if (!circle.isEmpty() && promised.contains(model(level))) {
                        failed.add(level);
                    }
                });
        return new SessionVerdict(circles, failed);
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
        boolean worse = !failed.isEmpty() && result.verdict() != Verdict.INVALID;
        return worse
                ? new ElleResult(
                        Verdict.INVALID,
                        result.anomalies(),
                        result.not(),
                        result.alsoNot(),
                        sentence())
                : result;
    }

    private String sentence() {
        List<String> names = failed.stream().map(Level::label).toList();
        return "whatever the order of writes, its sessions are not " + String.join(", ", names);
    }
}
