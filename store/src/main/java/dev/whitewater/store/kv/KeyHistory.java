package dev.whitewater.store.kv;

import dev.whitewater.store.Bytes;

import java.util.Arrays;

/**
 * The revisions at which one key was written, oldest first, and of the last one what the next write
 * needs to know. A deletion is a version too (its tombstone), marked by a negative revision.
 *
 * <p>The last two versions are fields: a key that is compacted as often as it is written needs no
 * array, and writing to it makes no object that an old one would point at, which is what a
 * generational collector has to search for.
 */
final class KeyHistory {
    private static final long[] NONE_OLDER = {};

    /** Stands for a key that was never written. */
    static final KeyHistory NONE = new KeyHistory(Bytes.EMPTY);

    /** What the three words hold of a key. */
    private static final int IN_WORDS = 24;

    final Bytes key;

    /**
     * The key once more, as far as it goes: what was found is compared without a look at the key
     * itself, which lies somewhere else in a large heap.
     */
    private final long firstWord;

    private final long secondWord;
    private final long thirdWord;
    private final int keyLength;

    /** Of the key, for {@link KeyTable}. */
    final int tag;

    /** All versions but the last two: revision and sub-revision in turn. */
    private long[] older = NONE_OLDER;

    private int olderCount;

    /** The version before the last; its revision is 0 if there is none. */
    private int previousSub;

    private long previousMain;

    private int lastSub;
    private long lastMain;
    private long lastHash;
    private long created;
    private long version;

    KeyHistory(Bytes key) {
        this.key = key;
        keyLength = key.length();
        firstWord = key.word(0);
        secondWord = key.word(8);
        thirdWord = key.word(16);
        tag = tag(key);
    }

    /** 32 bits over a key. */
    static int tag(Bytes key) {
        return (int) (key.hash64() >>> 32);
    }

    /** Whether this is the history of a key with that tag. */
    boolean isOf(Bytes other, int itsTag) {
        return tag == itsTag && isOf(other);
    }

    boolean isOf(Bytes other) {
        return keyLength == other.length()
                && firstWord == other.word(0)
                && secondWord == other.word(8)
                && thirdWord == other.word(16)
                && (keyLength <= IN_WORDS || key.equals(other));
    }

    boolean isEmpty() {
        return lastMain == 0;
    }

    boolean isAlive() {
        return version > 0;
    }

    long lastMain() {
        return lastMain;
    }

    long created() {
        return created;
    }

    long version() {
        return version;
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
        append(main, sub, hash);
        created = 0;
        version = 0;
    }

    /**
     * Where the last version at or before {@code main} stands: -1 if there is none or it is a
     * tombstone, else a place for {@link #mainAt} and {@link #subAt}.
     */
    int aliveAt(long main) {
        int place = lastAtOrBefore(main);
        return place >= 0 && markedMain(place) > 0 ? place : -1;
    }

    long mainAt(int place) {
        return Math.abs(markedMain(place));
    }

    int subAt(int place) {
        if (place < olderCount) {
            return (int) older[2 * place + 1];
        }
        return place == lastPlace() ? lastSub : previousSub;
    }

    private long markedMain(int place) {
        if (place < olderCount) {
            return older[2 * place];
        }
        if (place < lastPlace()) {
            return previousMain;
        }
        return isAlive() ? lastMain : -lastMain;
    }

    /** The place of the last version, if there is one. */
    private int lastPlace() {
        return olderCount + (previousMain == 0 ? 0 : 1);
    }

    /**
     * Tells {@code gone} the versions that nobody can read or watch any more once the store is
     * compacted to {@code main}: all before the last at or before {@code main}, and that one too if
     * it is a tombstone of an earlier revision. What was written at {@code main} itself stays, a
     * tombstone (etcd issue 18089) and what the same revision superseded: a watch from {@code main}
     * on is still allowed and must see it.
     */
    void compact(long main, Removal gone) {
        int keep = lastAtOrBefore(main);
        if (keep < 0) {
            return;
        }
        if (markedMain(keep) < 0 && mainAt(keep) < main) {
            keep++;
        } else {
            while (keep > 0 && mainAt(keep) == main && mainAt(keep - 1) == main) {
                keep--;
            }
        }
        for (int place = 0; place < keep; place++) {
            gone.removed(mainAt(place), subAt(place));
        }
        dropOldest(keep);
    }

    private void dropOldest(int dropped) {
        int last = lastPlace();
        if (dropped > last) {
            lastMain = 0;
        }
        if (dropped >= last) {
            previousMain = 0;
        }
        int ofOlder = Math.min(dropped, olderCount);
        if (ofOlder > 0) {
            olderCount -= ofOlder;
            older =
                    olderCount == 0
                            ? NONE_OLDER
                            : Arrays.copyOfRange(older, 2 * ofOlder, 2 * (ofOlder + olderCount));
        }
    }

    private int lastAtOrBefore(long main) {
        if (lastMain <= main) {
            return lastMain == 0 ? -1 : lastPlace();
        }
        if (previousMain != 0 && Math.abs(previousMain) <= main) {
            return olderCount;
        }
        int low = 0;
        int high = olderCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Math.abs(older[2 * middle]) <= main) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void append(long main, int sub, long hash) {
        if (previousMain != 0) {
            if (2 * olderCount == older.length) {
                int room = Math.max(2, olderCount + (olderCount >> 1));
                older = Arrays.copyOf(older, 2 * room);
            }
            older[2 * olderCount] = previousMain;
            older[2 * olderCount + 1] = previousSub;
            olderCount++;
        }
        previousMain = isAlive() ? lastMain : -lastMain;
        previousSub = lastSub;
        lastMain = main;
        lastSub = sub;
        lastHash = hash;
    }

    /** Whoever removes the versions that a compaction leaves over. */
    @FunctionalInterface
    interface Removal {
        void removed(long main, int sub);
    }
}
