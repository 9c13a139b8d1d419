package dev.whitewater.store.backend;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.KeyValue;

import java.util.Arrays;

/**
 * Versions on the heap. Every {@value #SPAN} revisions share a page, pages are found by division,
 * and inside a page a version is found by its place if nothing was removed and by bisection
 * otherwise: O(1) to append and about that to read.
 */
public final class MemoryBackend implements Backend {
    private static final int SPAN = 256;

    /** What a version takes besides its key and value: etcd counts its 17-byte key likewise. */
    private static final int OVERHEAD = 40;

    private Page[] pages = new Page[16];

    /** {@code pages[0]} holds the revisions from {@code firstPage * SPAN} on. */
    private long firstPage;

    private int pageCount;
    private long count;
    private long bytes;
    private long lastMain;
    private int lastSub = -1;

    @Override
    public void append(Version version) {
        long main = version.main();
        if (main < lastMain || (main == lastMain && version.sub() <= lastSub)) {
            throw new BrokenInvariant(
                    "revisions-rise", version + " appended behind " + lastMain + "/" + lastSub);
        }
        lastMain = main;
        lastSub = version.sub();
        pageFor(main).add(version);
        count++;
        bytes += size(version.kv());
    }

    @Override
    public KeyValue read(long main, int sub) {
        Page page = page(main);
        int at = page == null ? -1 : page.find(main, sub);
        if (at < 0) {
            throw new BrokenInvariant("index-points-at-versions", "nothing at " + main + "/" + sub);
        }
        return page.versions[at];
    }

    @Override
    public void remove(long main, int sub) {
        Page page = page(main);
        int at = page == null ? -1 : page.find(main, sub);
        if (at < 0) {
            return;
        }
        bytes -= size(page.versions[at]);
        count--;
        page.remove(at);
        if (page.size == 0) {
            pages[(int) (main / SPAN - firstPage)] = null;
            dropLeadingPages();
        }
    }

    @Override
    public void scan(long fromMain, int fromSub, long toMain, Visitor visitor) {
        long first = Math.max(fromMain / SPAN, firstPage);
        long last = Math.min(toMain / SPAN, firstPage + pageCount - 1);
        for (long number = first; number <= last; number++) {
            Page page = page(number * SPAN);
            if (page != null && !page.scan(fromMain, fromSub, toMain, visitor)) {
                return;
            }
        }
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    private static long size(KeyValue kv) {
        return (long) OVERHEAD + kv.key().length() + kv.value().length();
    }

    private Page page(long main) {
        long at = main / SPAN - firstPage;
        return at >= 0 && at < pageCount ? pages[(int) at] : null;
    }

    private Page pageFor(long main) {
        long number = main / SPAN;
        if (pageCount == 0) {
            firstPage = number;
        }
        int at = Math.toIntExact(number - firstPage);
        if (at >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(at + 1, 2 * pages.length));
        }
        pageCount = Math.max(pageCount, at + 1);
        if (pages[at] == null) {
            pages[at] = new Page();
        }
        return pages[at];
    }

    /** Keeps the table of pages as long as what is alive, not as long as all of history. */
    private void dropLeadingPages() {
        int empty = 0;
        while (empty < pageCount && pages[empty] == null) {
            empty++;
        }
        if (empty == pageCount || (empty >= 16 && empty >= pageCount / 2)) {
            pageCount -= empty;
            firstPage += empty;
            pages = Arrays.copyOfRange(pages, empty, empty + Math.max(pageCount, 16));
        }
    }

    /** The versions of {@value #SPAN} neighbouring revisions, in order. */
    private static final class Page {
        private KeyValue[] versions = new KeyValue[SPAN / 8];
        private int[] subs = new int[SPAN / 8];
        private int size;

        void add(Version version) {
            if (size == versions.length) {
                versions = Arrays.copyOf(versions, 2 * size);
                subs = Arrays.copyOf(subs, 2 * size);
            }
            versions[size] = version.kv();
            subs[size++] = version.sub();
        }

        int find(long main, int sub) {
            int guess = (int) (main % SPAN);
            if (guess < size && versions[guess].modRevision() == main && subs[guess] == sub) {
                return guess;
            }
            int at = lowerBound(main, sub);
            return at < size && versions[at].modRevision() == main && subs[at] == sub ? at : -1;
        }

        /** The first place that isn't before (main, sub). */
        int lowerBound(long main, int sub) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                long there = versions[middle].modRevision();
                if (there < main || (there == main && subs[middle] < sub)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void remove(int at) {
            size--;
            System.arraycopy(versions, at + 1, versions, at, size - at);
            System.arraycopy(subs, at + 1, subs, at, size - at);
            versions[size] = null;
            if (size < versions.length / 4) {
                versions = Arrays.copyOf(versions, versions.length / 2);
                subs = Arrays.copyOf(subs, subs.length / 2);
            }
        }

        boolean scan(long fromMain, int fromSub, long toMain, Visitor visitor) {
            for (int at = lowerBound(fromMain, fromSub);
                    at < size && versions[at].modRevision() <= toMain;
                    at++) {
                if (!visitor.visit(new Version(versions[at], subs[at]))) {
                    return false;
                }
            }
            return true;
        }
    }
}
