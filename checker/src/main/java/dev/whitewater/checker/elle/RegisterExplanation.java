package dev.whitewater.checker.elle;

import dev.whitewater.checker.elle.graph.EdgeKind;
import dev.whitewater.checker.elle.graph.Graph;
import dev.whitewater.checker.search.Purse;

/** Why one transaction over registers depends on another, in words. */
final class RegisterExplanation implements Explanation {
    private final TransactionHistory history;
    private final Purse purse;
    private final RegisterVersions versions;
    private final Graph orders;

    RegisterExplanation(
            TransactionHistory history, RegisterVersions versions, Graph orders, Purse purse) {
        this.purse = purse;
        this.history = history;
        this.versions = versions;
        this.orders = orders;
    }

    @Override
    public String because(Pair pair, int kind) {
        for (int a = history.start(pair.from()); a < history.end(pair.from()); a++) {
            for (int b = history.start(pair.to()); b < history.end(pair.to()); b++) {
                purse.step();
                if (history.key(a) == history.key(b) && proves(a, b, kind)) {
                    return sentence(pair, a, b, kind);
                }
            }
        }
        throw new IllegalStateException(
                "explanation: expected a dependency of kind "
                        + kind
                        + " from "
                        + history.describe(pair.from())
                        + " to "
                        + history.describe(pair.to()));
    }

    private boolean proves(int a, int b, int kind) {
        return switch (kind) {
            case EdgeKind.WR ->
                    versions.isExternalWrite(a)
                            && versions.isExternalRead(b)
                            && versions.versionOf(a) == versions.versionOf(b);
            case EdgeKind.WW ->
                    versions.isExternalWrite(a) && versions.isExternalWrite(b) && precedes(a, b);
            default -> versions.isExternalRead(a) && versions.isExternalWrite(b) && precedes(a, b);
        };
    }

    private boolean precedes(int a, int b) {
        int version = versions.versionOf(a);
        for (int e = orders.start(version); e < orders.start(version + 1); e++) {
            if (orders.target(e) == versions.versionOf(b)) {
                return true;
            }
        }
        return false;
    }

    private String sentence(Pair pair, int a, int b, int kind) {
        String key = history.keyText(history.key(a));
        String older = versions.text(versions.versionOf(a));
        String newer = versions.text(versions.versionOf(b));
        return switch (kind) {
            case EdgeKind.WR ->
                    pair.toName()
                            + " read key "
                            + key
                            + " as "
                            + newer
                            + ", which "
                            + pair.fromName()
                            + " had written";
            case EdgeKind.WW ->
                    pair.toName()
                            + "'s write of "
                            + newer
                            + " to key "
                            + key
                            + " is a later version than "
                            + pair.fromName()
                            + "'s write of "
                            + older;
            default ->
                    pair.fromName()
                            + " read key "
                            + key
                            + " as "
                            + older
                            + ", an older version than "
                            + newer
                            + ", which "
                            + pair.toName()
                            + " wrote";
        };
    }
}
