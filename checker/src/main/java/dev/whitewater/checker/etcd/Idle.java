package dev.whitewater.checker.etcd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Of an answered transaction that doesn't tell which way it took: at its revision it has nothing to
 * change, or it is what made that revision.
 */
final class Idle implements Condition.Sum {
    private final Effect effect;
    private final List<Filling> own;

    /** What a request would change. */
    private interface Effect {
        /** Whether it would change something after all changes up to this revision. */
        boolean changes(long at);
    }

    private Idle(Effect effect, List<Filling> own) {
        this.effect = effect;
        this.own = own;
    }

    /**
     * What must be known of a transaction.
     *
     * @param own the ways in which it may itself have made its revision
     */
    static Condition.Tally of(
            int op, Request.Txn txn, long revision, List<Filling> own, KeyLines keys) {
        Set<KeyLine> lines = new LinkedHashSet<>();
        Effect effect = effect(txn, keys, lines);
        return new Condition.Tally(revision, op, List.copyOf(lines), new Idle(effect, own));
    }

    @Override
    public boolean holds(List<KeyLine> lines, long at) {
        for (Filling way : own) {
            Filling.Part part = way.parts().getFirst();
            if (part.line().isMade(at, way.number())) {
                return true;
            }
        }
        return !effect.changes(at);
    }

    private static Effect effect(Request request, KeyLines keys, Set<KeyLine> lines) {
        return switch (request) {
            case Request.Put put -> {
                lines.add(keys.get(put.key()));
                yield _ -> true;
            }
            case Request.Delete delete ->
                    removal(keys.within(delete.key(), delete.end()), 0, lines);
            case Request.Revoke(long lease) -> removal(keys.attached(lease), lease, lines);
            case Request.Txn txn -> choice(txn, keys, lines);
            case Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    _ -> false;
        };
    }

    private static Effect removal(List<KeyLine> removed, long lease, Set<KeyLine> lines) {
        lines.addAll(removed);
        Condition.Some some = new Condition.Some(lease);
        return at -> some.holds(removed, at);
    }

    /** All comparisons, of nested transactions too, are of the store before the first change. */
    private static Effect choice(Request.Txn txn, KeyLines keys, Set<KeyLine> lines) {
        List<Comparison> tests =
                txn.compares().stream().map(compare -> Comparison.of(compare, keys)).toList();
        lines.addAll(Comparison.lines(tests));
        Effect then = any(txn.then(), keys, lines);
        Effect otherwise = any(txn.otherwise(), keys, lines);
        return at -> {
            for (Comparison test : tests) {
                if (!test.holds(at)) {
                    return otherwise.changes(at);
                }
            }
            return then.changes(at);
        };
    }

    private static Effect any(List<Request> steps, KeyLines keys, Set<KeyLine> lines) {
        List<Effect> effects = new ArrayList<>();
        steps.forEach(step -> effects.add(effect(step, keys, lines)));
        return at -> {
            for (Effect effect : effects) {
                if (effect.changes(at)) {
                    return true;
                }
            }
            return false;
        };
    }
}
