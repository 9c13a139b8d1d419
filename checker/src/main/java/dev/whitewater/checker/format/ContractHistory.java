package dev.whitewater.checker.format;

import dev.whitewater.checker.contract.Breach;
import dev.whitewater.checker.contract.Change;
import dev.whitewater.checker.contract.LeaseContract;
import dev.whitewater.checker.contract.Watch;
import dev.whitewater.checker.contract.WatchContract;
import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file tells of watches, leases and locks.
 *
 * @param records how many lines it has
 * @param truth all changes, in the order of revisions
 * @param leases what happened to leases, in order
 * @param tolerance how exact the clocks are
 * @param end when the recording stopped
 */
public record ContractHistory(
        int records,
        List<Change> truth,
        List<Watched> watches,
        List<LeaseContract.Event> leases,
        List<LeaseContract.Holding> holdings,
        LeaseContract.Tolerance tolerance,
        long end) {

    /** No revision up to which a watch is known to have been told. */
    public static final long NOT_QUIET = -1;

    /**
     * One watch, by the name that the file gives it.
     *
     * @param toldUpTo the revision up to which it had time to be told everything, or {@link
     *     #NOT_QUIET}
     */
    public record Watched(String name, Watch watch, long toldUpTo) {}

    public ContractHistory {
        truth = List.copyOf(truth);
        watches = List.copyOf(watches);
        leases = List.copyOf(leases);
        holdings = List.copyOf(holdings);
    }

    /** All that was promised (M22 to M33) and not kept. */
    public List<Breach> breaches() {
        return breaches(new Purse(Budget.UNLIMITED));
    }

    /** The same within a budget. */
    public List<Breach> breaches(Purse purse) {
        List<Breach> found = new ArrayList<>();
        for (Watched watched : watches) {
            for (Breach breach : purse.apart(own -> breaches(watched, own))) {
                String sentence = "watch " + watched.name() + ": " + breach.sentence();
                found.add(new Breach(breach.rule(), sentence));
            }
        }
        purse.steps(leases.size() + (long) holdings.size());
        found.addAll(LeaseContract.check(leases, tolerance, end));
        found.addAll(LeaseContract.checkLocks(holdings));
        return found;
    }

    private List<Breach> breaches(Watched watched, Purse purse) {
        return watched.toldUpTo() == NOT_QUIET
                ? WatchContract.check(truth, watched.watch(), purse)
                : WatchContract.check(truth, watched.watch(), watched.toldUpTo(), purse);
    }
}
