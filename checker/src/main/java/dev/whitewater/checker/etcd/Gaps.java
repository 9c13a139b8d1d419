package dev.whitewater.checker.etcd;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.search.Purse;

import java.util.List;
import java.util.Optional;

/**
 * Revisions that no answered change made must have been made by unanswered ones, each by another
 * that was called in time: after the first j of them, j such changes are needed (Hall's condition,
 * for all that bounds them is when they were called).
 */
record Gaps(History history, Revisions revisions, List<Hidden> hidden, long start, Purse purse) {

    Optional<Finding.Broken> check(Schedule schedule) {
        long[] floors = hidden.stream().mapToLong(Hidden::floor).sorted().toArray();
        int called = 0;
        long missing = 0;
        for (int i = 0; i < schedule.size(); i++) {
            purse.step();
            long before = i == 0 ? start : schedule.revision(i - 1);
            long now = schedule.revision(i);
            long here = revisions.free(before, now);
            for (long gap = 0; gap < here; gap++) {
                purse.step();
                missing++;
                while (called < floors.length && floors[called] < now) {
                    called++;
                }
                if (missing > called) {
                    return Optional.of(
                            skipped(schedule.operation(Math.max(0, i - 1)), schedule.operation(i)));
                }
            }
        }
        return Optional.empty();
    }

    private Finding.Broken skipped(int one, int other) {
        if (one == other) {
            String sentence =
                    history.operation(one)
                            + " is the first by revision, but not all before it can have been"
                            + " made.";
            return new Finding.Broken("revision-skipped", sentence, one, one);
        }
        String sentence =
                history.operation(one)
                        + " and "
                        + history.operation(other)
                        + " are next to each other by revision, but leave out one between that no"
                        + " operation can have made.";
        return new Finding.Broken("revision-skipped", sentence, other, one, other);
    }
}
