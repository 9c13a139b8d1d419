package dev.whitewater.checker.contract;

import dev.whitewater.checker.port.Budget;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What etcd promises of watches (etcd.io, "KV API guarantees", Watch APIs), as M22 to M29: events
 * are ordered, unique, complete, not torn apart, resumable, true, and progress and compaction are
 * told honestly. The truth is the list of all changes in the order of revisions, from the
 * write-ahead log or from a watch that is known to be right.
 */
public final class WatchContract {
    /** What a change costs that was told, and what a breach does, in bytes, about. */
    private static final int SEEN = 160;

    private static final int BREACH = 256;

    private final Watch watch;
    private final Purse purse;
    private final List<Change> wanted = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final Set<List<Object>> seen = new LinkedHashSet<>();
    private long last;
    private boolean lastGoesOn;
    private long progress;
    private int next;
    private boolean over;

    private WatchContract(List<Change> truth, Watch watch, Purse purse) {
        this.watch = watch;
        this.purse = purse;
        for (Change change : truth) {
            purse.step();
            if (watch.wants(change)) {
                purse.take(Long.BYTES);
                wanted.add(change);
            }
        }
    }

    /** All breaches, in the order in which they happened. */
    public static List<Breach> check(List<Change> truth, Watch watch) {
        return check(truth, watch, new Purse(Budget.UNLIMITED));
    }

    /** The same within a budget. */
    public static List<Breach> check(List<Change> truth, Watch watch, Purse purse) {
        WatchContract contract = new WatchContract(truth, watch, purse);
        for (Watch.Response response : watch.responses()) {
            contract.response(response);
        }
        return contract.breaches;
    }

    /**
     * The same, and when the watch was quiet at the end all changes up to this revision must have
     * been told.
     */
    public static List<Breach> check(List<Change> truth, Watch watch, long toldUpTo) {
        return check(truth, watch, toldUpTo, new Purse(Budget.UNLIMITED));
    }

    /** The same within a budget. */
    public static List<Breach> check(List<Change> truth, Watch watch, long toldUpTo, Purse purse) {
        WatchContract contract = new WatchContract(truth, watch, purse);
        for (Watch.Response response : watch.responses()) {
            contract.response(response);
        }
        if (!contract.over) {
            contract.missing(toldUpTo, "M24", "the watch ended");
        }
        return contract.breaches;
    }

    private void response(Watch.Response response) {
        if (over) {
            breach("M29", "the watch was told " + response + " after it had been cancelled");
            return;
        }
        switch (response) {
            case Watch.Response.Changes(List<Change> changes, boolean more) -> {
                boolean first = true;
                for (Change change : changes) {
                    if (first && change.revision() == last && !lastGoesOn) {
                        breach("M25", "revision " + last + " was split over two responses");
                    }
                    first = false;
                    change(change);
                }
                lastGoesOn = more;
            }
            case Watch.Response.Progress(long revision) -> progress(revision);
            case Watch.Response.Compacted(long revision) -> compacted(revision);
        }
    }

    private void change(Change told) {
        purse.step();
        purse.take(SEEN);
        if (told.revision() < watch.start()) {
            breach("M29", told + " is below the start, " + watch.start());
        }
        if (!seen.add(List.of(told.revision(), told.key()))) {
            breach("M23", told + " was told twice");
            return;
        }
        if (told.revision() < last) {
            breach("M22", told + " came after revision " + last);
            return;
        }
        if (told.revision() <= progress) {
            breach("M27", told + " came after progress at " + progress);
        }
        last = told.revision();
        int at = find(told);
        if (at < 0) {
            breach("M24", told + " was told, but nothing like it happened in the range");
            return;
        }
        for (int i = next; i < at; i++) {
            if (wanted.get(i).revision() < told.revision()) {
                String rule = next == 0 && i == 0 ? "M26" : "M24";
                breach(rule, wanted.get(i) + " was skipped: next came " + told);
            }
        }
        next = Math.max(next, at + 1);
        compare(wanted.get(at), told);
    }

    private int find(Change told) {
        for (int i = Math.max(0, next - 1); i < wanted.size(); i++) {
            purse.step();
            Change change = wanted.get(i);
            if (change.revision() > told.revision()) {
                return -1;
            }
            if (change.revision() == told.revision() && change.key().equals(told.key())) {
                return i;
            }
        }
        return -1;
    }

    private void compare(Change truth, Change told) {
        if (!truth.value().equals(told.value())) {
            breach("M28", told + " was told with " + told.value() + ", not " + truth.value());
        } else if (watch.withPrevious() && !truth.previous().equals(told.previous())) {
            breach(
                    "M28",
                    told
                            + " was told to replace "
                            + told.previous()
                            + ", but it replaced "
                            + truth.previous());
        }
    }

    private void progress(long revision) {
        if (revision < progress || revision < last) {
            breach(
                    "M27",
                    "progress went back from " + Math.max(progress, last) + " to " + revision);
        }
        missing(revision, "M27", "progress was told at " + revision);
        progress = Math.max(progress, revision);
    }

    private void compacted(long revision) {
        over = true;
        long wants = next < wanted.size() ? wanted.get(next).revision() : Long.MAX_VALUE;
        if (wants >= revision && Math.max(watch.start(), last + 1) >= revision) {
            breach(
                    "M29",
                    "the watch was cancelled for compaction at "
                            + revision
                            + ", though nothing it asks for is older");
        }
    }

    private void missing(long upTo, String rule, String when) {
        while (next < wanted.size() && wanted.get(next).revision() <= upTo) {
            breach(rule, wanted.get(next++) + " had not been told when " + when);
        }
    }

    private void breach(String rule, String sentence) {
        purse.take(BREACH);
        breaches.add(new Breach(rule, sentence));
    }
}
