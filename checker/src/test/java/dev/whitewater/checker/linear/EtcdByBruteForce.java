package dev.whitewater.checker.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whitewater.checker.etcd.EtcdStore;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Purse;

/** Small histories of an etcd before the judge of judges. */
final class EtcdByBruteForce {
    private EtcdByBruteForce() {}

    /** Whether it is about more than single keys, and no lease can end without a word of it. */
    static boolean canJudge(History history) {
        return EtcdCheck.isWhole(history) && !history.functionNames().contains("lease-grant");
    }

    static boolean isLinearizable(History history) {
        return BruteForce.isLinearizable(
                history, EtcdStore.of(history, new Purse(Budget.UNLIMITED)));
    }

    /** The same; and who judges by revisions must agree, or not know. */
    static boolean isLinearizableAlsoByRevision(History history) {
        boolean valid = isLinearizable(history);
        Verdict byRevision = ByRevision.check(history);
        if (!(byRevision instanceof Verdict.Unknown)) {
            assertEquals(
                    valid, byRevision.isValid(), () -> byRevision + " on " + history.operations());
        }
        return valid;
    }
}
