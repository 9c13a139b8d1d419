package dev.whitewater.store.kv;

import java.util.Arrays;

/**
 * For every revision not yet compacted, the sum of the hashes of all versions that a compaction to
 * it would make unreadable.
 *
 * <p>Why: versions are removed in slices, at a pace of each member's own, but the hash of the state
 * must be equal on all members at every entry. So it counts a version out at the entry that
 * compacts it, whole, and this table gives the amount in O(1): a version is removable from the
 * revision that superseded it, but not from its own; a tombstone from the revision after its own.
 */
final class RemovableHash {
    private static final int PAGE = 1024;

    private long[][] pages = new long[4][];
    private long firstPage;
    private int pageCount;
    private long lastMain;
    private long sum;
    private long nextSum;

    /** Counts {@code hash} as removable from revision {@code main} on, the newest so far. */
    void superseded(long main, long hash) {
        advance(main);
        sum += hash;
        set(main, sum);
    }

    /**
     * Counts {@code hash} as removable from the revision after {@code main} on: a tombstone's, or
     * that of a version which its own revision superseded.
     */
    void outlives(long main, long hash) {
        advance(main);
        set(main, sum);
        nextSum += hash;
    }

    /** Notes that there is a revision {@code main}. */
    void reached(long main) {
        advance(main);
        set(main, sum);
    }

    /** The sum at {@code main}, which is neither compacted away nor in the future. */
    long at(long main) {
        if (main > lastMain) {
            return main == lastMain + 1 ? sum + nextSum : sum;
        }
        long page = main / PAGE - firstPage;
        return main <= 0 || page < 0 || pages[(int) page] == null
                ? 0
                : pages[(int) page][(int) (main % PAGE)];
    }

    /** Nobody will ask for revisions before {@code main} any more. */
    void forgetBefore(long main) {
        int drop = (int) Math.min(pageCount, Math.max(0, main / PAGE - firstPage));
        if (drop > 0) {
            pageCount -= drop;
            firstPage += drop;
            pages = Arrays.copyOfRange(pages, drop, drop + Math.max(4, pageCount));
        }
    }

    private void advance(long main) {
        if (main > lastMain) {
            if (lastMain != 0) {
                sum += nextSum;
                for (long gap = lastMain + 1; gap < main; gap++) {
                    set(gap, sum);
                }
            }
            nextSum = 0;
            lastMain = main;
        }
    }

    private void set(long main, long value) {
        long number = main / PAGE;
        if (pageCount == 0) {
            firstPage = number;
        }
        int at = Math.toIntExact(number - firstPage);
        if (at >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(at + 1, 2 * pages.length));
        }
        pageCount = Math.max(pageCount, at + 1);
        if (pages[at] == null) {
            pages[at] = new long[PAGE];
        }
        pages[at][(int) (main % PAGE)] = value;
    }
}
