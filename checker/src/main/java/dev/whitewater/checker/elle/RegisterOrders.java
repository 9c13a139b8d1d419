package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.ElleOptions.Keys;
import dev.whitewater.checker.elle.graph.Components;
import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.elle.graph.GraphBuilder;
import dev.whitewater.checker.elle.model.Anomaly;
import dev.whitewater.checker.search.Purse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of the order of each register's versions: a graph over the versions of all
 * registers. Built source by source; a source that would close a circle is reported as cyclic
 * versions and left out.
 */
final class RegisterOrders {
    private final TransactionHistory history;
    private final RegisterVersions versions;
    private final Findings findings;
    private final Purse purse;
    private final List<String> sources = new ArrayList<>();
    private long[] known = {};
    private Graph graph;

    RegisterOrders(
            TransactionHistory history, RegisterVersions versions, Findings findings, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.versions = versions;
        this.findings = findings;
        this.graph = new GraphBuilder(versions.count(), 0, purse).build();
    }

    /** The version graph under these assumptions. */
    Graph infer(Keys keys) {
        RegisterSources from = new RegisterSources(history, versions, purse);
        adopt("the initial state", from.initialState());
        if (keys.revisions() && history.hasRevisions()) {
            adopt("the order of revisions", from.revisions());
        }
        if (keys.writesFollowReads()) {
            adopt("writes follow reads", from.writesFollowReads());
        }
        if (keys.sequential()) {
            adopt("sequential keys", from.sequential());
        }
        if (keys.linearizable()) {
            adopt("linearizable keys", from.linearizable());
        }
        return graph;
    }

    private void adopt(String source, VersionPairs pairs) {
        long[] merged = merge(pairs.toArray());
        GraphBuilder builder = new GraphBuilder(versions.count(), merged.length, purse);
        for (long pair : merged) {
            builder.edge((int) (pair >>> 32), (int) pair, EdgeKind.WW);
        }
        Graph candidate = builder.build();
        Components components = Components.of(candidate, EdgeKind.WW, purse);
        if (components.cyclic()) {
            report(source, components);
            return;
        }
        sources.add(source);
        known = merged;
        graph = candidate;
    }

    private long[] merge(long[] added) {
        purse.take(2L * Long.BYTES * (known.length + added.length));
        purse.look();
        long[] all = Arrays.copyOf(known, known.length + added.length);
        System.arraycopy(added, 0, all, known.length, added.length);
        Arrays.sort(all);
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            purse.step();
            if (i == 0 || all[i] != all[i - 1]) {
                all[count++] = all[i];
            }
        }
        return Arrays.copyOf(all, count);
    }

    private void report(String source, Components components) {
        List<String> used = new ArrayList<>(sources);
        used.add(source);
        for (int[] members : components.nontrivial()) {
            findings.add(Anomaly.CYCLIC_VERSIONS, involved(members), () -> explain(members, used));
        }
    }

    private List<Integer> involved(int[] members) {
        List<Integer> transactions = new ArrayList<>();
        for (int version : members) {
            if (versions.writer(version) >= 0 && transactions.size() < members.length) {
                transactions.add(versions.writer(version));
            }
        }
        return transactions;
    }

    private String explain(int[] members, List<String> used) {
        StringBuilder text = new StringBuilder("the values");
        for (int version : members) {
            text.append(" ").append(versions.text(version));
        }
        return text.append(" of key ")
                .append(history.keyText(versions.key(members[0])))
                .append(" would each have to come before the others, by ")
                .append(String.join(", ", used))
                .toString();
    }

    /** Pairs of versions of which the first is older, growing. */
    static final class VersionPairs {
        private final Purse purse;
        private long[] pairs = new long[64];
        private int count;

        VersionPairs(Purse purse) {
            this.purse = purse;
        }

        void add(int older, int newer) {
            purse.step();
            long pair = (long) older << 32 | newer;
            if (older == newer || (count > 0 && pairs[count - 1] == pair)) {
                return;
            }
            if (count == pairs.length) {
                purse.take((long) Long.BYTES * count);
                pairs = Arrays.copyOf(pairs, count * 2);
            }
            pairs[count++] = pair;
        }

        private long[] toArray() {
            return Arrays.copyOf(pairs, count);
        }
    }
}
