package dev.whitewater.store.kv;

import dev.whitewater.store.Bytes;

import java.util.Arrays;

/**
 * The revisions at which one key was written, oldest first, and of the last one what the next write
 * needs to know. A deletion is a version too (its tombstone), marked by a complemented
 * sub-revision.
 */
final class KeyHistory {
    private static final long[] NO_MAINS = {};
    private static final int[] NO_SUBS = {};

    /** Stands for a key that was never written. */
    static final KeyHistory NONE = new KeyHistory(Bytes.EMPTY);

    final Bytes key;

    /** All versions but the last; most keys of most stores have none. */
    private long[] olderMains = NO_MAINS;

    private int[] olderSubs = NO_SUBS;
    private int olderCount;

    private long lastMain;
    private int lastSub;
    private long lastHash;
    private long created;
    private long version;

    KeyHistory(Bytes key) {
        this.key = key;
    }

    boolean isEmpty() {
        return lastMain == 0;
    }

    boolean isAlive() {
        return version > 0;
    }

    long created() {
        return created;
    }

    long version() {
        return version;
    }

    long lastMain() {
        return lastMain;
    }

    int lastSub() {
        return sub(lastSub);
    }

    /** The hash of the last version, kept so that superseding it needn't read its value again. */
    long lastHash() {
        return lastHash;
    }

    void put(long main, int sub, long createdAt, long nthVersion, long hash) {
        append(main, sub, hash);
        created = createdAt;
        version = nthVersion;
    }

    void delete(long main, int sub, long hash) {
        append(main, ~sub, hash);
        created = 0;
        version = 0;
    }

    /**
     * Where the last version at or before {@code main} stands: -1 if there is none or it is a
     * tombstone, else a place for {@link #mainAt} and {@link #subAt}.
     */
    int aliveAt(long main) {
        if (lastMain <= main) {
            return lastSub >= 0 && lastMain != 0 ? olderCount : -1;
        }
        int at = lastAtOrBefore(main);
        return at >= 0 && olderSubs[at] >= 0 ? at : -1;
    }

    long mainAt(int place) {
        return place == olderCount ? lastMain : olderMains[place];
    }

    int subAt(int place) {
        return sub(place == olderCount ? lastSub : olderSubs[place]);
    }

    /**
     * Tells {@code gone} the versions that nobody can read or watch any more once the store is
     * compacted to {@code main}: all before the last at or before {@code main}, and that one too if
     * it is a tombstone of an earlier revision. A tombstone of {@code main} itself stays: a watch
     * from {@code main} on is still allowed and must see the deletion (etcd issue 18089).
     */
    void compact(long main, Removal gone) {
        int count = (lastMain <= main ? olderCount : lastAtOrBefore(main)) + 1;
        if (count == 0) {
            return;
        }
        int keep = count - 1;
        int keptSub = keep == olderCount ? lastSub : olderSubs[keep];
        if (keptSub < 0 && mainAt(keep) < main) {
            keep = count;
        }
        for (int place = 0; place < keep; place++) {
            gone.removed(mainAt(place), subAt(place));
        }
        if (keep > olderCount) {
            lastMain = 0;
            keep = olderCount;
        }
        olderCount -= keep;
        olderMains = Arrays.copyOfRange(olderMains, keep, keep + olderCount);
        olderSubs = Arrays.copyOfRange(olderSubs, keep, keep + olderCount);
    }

    private int lastAtOrBefore(long main) {
        int low = 0;
        int high = olderCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (olderMains[middle] <= main) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void append(long main, int markedSub, long hash) {
        if (lastMain != 0) {
            if (olderCount == olderMains.length) {
                int room = Math.max(2, olderCount + (olderCount >> 1));
                olderMains = Arrays.copyOf(olderMains, room);
                olderSubs = Arrays.copyOf(olderSubs, room);
            }
            olderMains[olderCount] = lastMain;
            olderSubs[olderCount++] = lastSub;
        }
        lastMain = main;
        lastSub = markedSub;
        lastHash = hash;
    }

    private static int sub(int marked) {
        return marked < 0 ? ~marked : marked;
    }

    /** Whoever removes the versions that a compaction leaves over. */
    @FunctionalInterface
    interface Removal {
        void removed(long main, int sub);
    }
}
