package dev.whitewater.store.kv;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.backend.Backend;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes, slice by slice, the versions that compaction made unreadable.
 *
 * <p>A version becomes removable only through a later write of its key at or before the compacted
 * revision, or through being a tombstone there. So it is enough to look at the keys that were
 * written between the last compaction and this one, both included: tombstones of exactly the last
 * compacted revision were spared then. The work is proportional to what was written, not to what is
 * stored.
 */
final class Compaction {
    private final KeyIndex index;
    private final Backend backend;
    private long cursorMain;
    private int cursorSub;
    private long target;
    private boolean pending;

    Compaction(KeyIndex index, Backend backend) {
        this.index = index;
        this.backend = backend;
    }

    boolean isPending() {
        return pending;
    }

    void raise(long main) {
        if (cursorMain >= target) {
            // Looked at already, but its tombstones were spared.
            cursorMain = target;
            cursorSub = 0;
        }
        target = main;
        pending = true;
    }

    /** Looks at up to {@code most} versions; {@code removal} hears of each that goes. */
    boolean slice(int most, Removal removal) {
        if (!pending) {
            return false;
        }
        List<Bytes> seen = new ArrayList<>();
        backend.scan(
                cursorMain,
                cursorSub,
                target,
                version -> {
                    seen.add(version.key());
                    cursorMain = version.main();
                    cursorSub = version.sub() + 1;
                    return seen.size() < most;
                });
        for (Bytes key : seen) {
            compact(key, removal);
        }
        if (seen.size() < most) {
            cursorMain = target;
            pending = false;
        }
        return pending;
    }

    private void compact(Bytes key, Removal removal) {
        KeyHistory history = index.get(key);
        if (history == KeyHistory.NONE) {
            // An earlier version in this slice was of the same key, and took the last of it.
            return;
        }
        history.compact(
                target,
                (main, sub) -> {
                    removal.removing(history.key, main, sub);
                    backend.remove(main, sub);
                });
        if (history.isEmpty()) {
            index.remove(key);
        }
    }

    /** Whoever wants to see a version before it goes. */
    @FunctionalInterface
    interface Removal {
        void removing(Bytes key, long main, int sub);
    }
}
