package dev.whitewater.store.kv;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.backend.Backend;
import dev.whitewater.store.backend.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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

    boolean slice(int most, Consumer<Version> removed) {
        if (!pending) {
            return false;
        }
        List<Version> seen = new ArrayList<>();
        backend.scan(
                cursorMain,
                cursorSub,
                target,
                version -> {
                    seen.add(version);
                    return seen.size() < most;
                });
        for (Version version : seen) {
            compact(version.kv().key(), removed);
        }
        if (seen.size() < most) {
            cursorMain = target;
            pending = false;
        } else {
            cursorMain = seen.getLast().main();
            cursorSub = seen.getLast().sub() + 1;
        }
        return pending;
    }

    private void compact(Bytes key, Consumer<Version> removed) {
        KeyHistory history = index.get(key);
        if (history == KeyHistory.NONE) {
            // An earlier version in this slice was of the same key, and took the last of it.
            return;
        }
        history.compact(
                target,
                (main, sub) -> {
                    KeyValue kv = backend.read(main, sub);
                    backend.remove(main, sub);
                    removed.accept(new Version(kv, sub));
                });
        if (history.isEmpty()) {
            index.remove(key);
        }
    }
}
