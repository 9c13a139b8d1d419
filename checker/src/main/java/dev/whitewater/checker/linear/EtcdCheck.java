package dev.whitewater.checker.linear;

import dev.whitewater.checker.etcd.EtcdStore;
import dev.whitewater.checker.etcd.Replay;
import dev.whitewater.checker.etcd.Ties;
import dev.whitewater.checker.history.History;
import dev.whitewater.checker.model.Models;
import dev.whitewater.checker.revision.Finding;
import dev.whitewater.checker.revision.RevisionOrder;
import dev.whitewater.checker.search.Part;
import dev.whitewater.checker.search.Purse;

import java.util.List;

/**
 * Histories of the model etcd-kv. Operations on single keys are judged key by key; as soon as there
 * are others (ranges, transactions, leases, …) the store is judged as a whole. Either way replay by
 * revisions comes first where answers carry them, and search decides what it leaves open.
 */
final class EtcdCheck {
    private static final List<String> SINGLE =
            List.of("get", "get-serializable", "put", "delete", "cas");

    /** What a search may cost that only settles what unanswered operations left open. */
    private static final long SECOND_OPINION = 1 << 14;

    /** Larger histories are too wide for a search to settle. */
    private static final int SMALL = 300;

    private final History history;
    private final Options options;
    private final Purse purse;

    EtcdCheck(History history, Options options, Purse purse) {
        this.history = history;
        this.options = options;
        this.purse = purse;
    }

    /** Whether some operation is about more than one key. */
    static boolean isWhole(History history) {
        return history.functionNames().stream().anyMatch(name -> !SINGLE.contains(name));
    }

    /** Judges by revisions alone. */
    Verdict byRevision() {
        boolean whole = isWhole(history);
        Finding finding =
                whole ? replayed(history) : RevisionOrder.check(history, purse, options.parallel());
        return explained(ByRevision.verdict(history, finding), whole);
    }

    private Finding replayed(History all) {
        return Ties.sure(all, Replay.check(all, purse), purse);
    }

    /** With the longest prefix that has an order, if it was asked for. */
    private Verdict explained(Verdict verdict, boolean whole) {
        if (!options.explain() || !(verdict instanceof Verdict.Invalid invalid)) {
            return verdict;
        }
        EtcdStore store = EtcdStore.of(history, purse);
        return LongestPrefix.of(history, invalid, part -> judged(part, store, whole));
    }

    /** Judges a part of this history, which began as the whole did. */
    private Verdict judged(History part, EtcdStore store, boolean whole) {
        try (Purse own = new Purse(options.budget())) {
            return whole
                    ? settled(
                            part,
                            Ties.sure(part, Replay.checkPart(part, store, own), own),
                            store,
                            own)
                    : ByRevision.verdict(part, RevisionOrder.check(part, own, options.parallel()));
        }
    }

    /** Judges a whole store. */
    Verdict whole() {
        EtcdStore store = EtcdStore.of(history, purse);
        if (options.algorithm() != Algorithm.AUTO || !Replay.canJudge(history)) {
            return bySearch(history, store, options, Long.MAX_VALUE, purse);
        }
        Finding replayed = Replay.checkPart(history, store, purse);
        Finding finding = Ties.sure(history, replayed, purse);
        Verdict verdict = settled(history, finding, store, purse);
        return finding instanceof Finding.Broken ? explained(verdict, /* whole */ true) : verdict;
    }

    /** What revisions leave open, search may tell of what is small enough. */
    private Verdict settled(History part, Finding finding, EtcdStore store, Purse own) {
        Verdict verdict = ByRevision.verdict(part, finding);
        if (!(finding instanceof Finding.Undecided) || part.size() > SMALL) {
            return verdict;
        }
        Options how = options.with(Algorithm.AUTO);
        Verdict second = bySearch(part, store, how, SECOND_OPINION, own);
        return second instanceof Verdict.Unknown ? verdict : second;
    }

    private static Verdict bySearch(
            History history, EtcdStore store, Options how, long most, Purse purse) {
        List<Part> parts = Part.of(history, store, _ -> true, purse);
        Verdict verdict = Combination.of(history, Linearizability.search(parts, how, most), how);
        boolean leases = history.functionNames().contains("lease-grant");
        return verdict.isInvalid() && leases
                ? new Verdict.Unknown("a lease may have expired, and answers carry no revision")
                : verdict;
    }

    /** Whether this history is one for here. */
    static boolean wants(History history, Object model) {
        return model.equals(Models.etcdKv()) && isWhole(history);
    }
}
