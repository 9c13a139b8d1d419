package dev.whitewater.checker.etcd;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A transaction's comparison, and the keys that it is about: over a range it must hold for every
 * key that is there, and if there is none, for an absent one.
 */
record Comparison(List<KeyLine> lines, Request.Compare compare) {
    static Comparison of(Request.Compare compare, KeyLines keys) {
        return new Comparison(keys.within(compare.key(), compare.end()), compare);
    }

    /** The keys that some tests are about, each once. */
    static List<KeyLine> lines(List<Comparison> tests) {
        Set<KeyLine> lines = new LinkedHashSet<>();
        tests.forEach(test -> lines.addAll(test.lines()));
        return List.copyOf(lines);
    }

    boolean holds(long at) {
        boolean any = false;
        for (KeyLine line : lines) {
            Kv held = line.stateAt(at);
            if (held != null && !Store.holdsFor(compare, held)) {
                return false;
            }
            any |= held != null;
        }
        return any || Store.holdsFor(compare, null);
    }
}
