package dev.whitewater.sim.monitor;

import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Every entry that ever was on any disk, by (term, index). The first one seen at an index sits in a
 * table; the few others at the same index, left by leaders that failed, in a tree.
 */
final class EntryBook {

    /** An entry and the term of the one before it in the log in which it was first seen. */
    record Page(Entry entry, long previousTerm) {

        /** No log has an entry at index 0: it stands for none. */
        private static final Page UNKNOWN = new Page(Entry.noop(EntryId.ZERO), 0);

        boolean isKnown() {
            return entry.index() > 0;
        }
    }

    private static final Page[] NO_PAGES = {};

    private Page[] first = NO_PAGES;
    private final TreeMap<Long, List<Page>> others = new TreeMap<>();

    /** Whether there is an entry of this id. */
    boolean has(long index, long term) {
        return search(index, term).isKnown();
    }

    /** The entry of this id; there must be one. */
    Page page(long index, long term) {
        Page page = search(index, term);
        if (!page.isKnown()) {
            throw new IllegalStateException("no disk ever held entry " + term + "/" + index);
        }
        return page;
    }

    void add(Entry entry, long previousTerm) {
        int index = Math.toIntExact(entry.index());
        if (index >= first.length) {
            int size = Math.max(64, Math.max(index + 1, 2 * first.length));
            int from = first.length;
            first = Arrays.copyOf(first, size);
            Arrays.fill(first, from, size, Page.UNKNOWN);
        }
        Page page = new Page(entry, previousTerm);
        if (!first[index].isKnown()) {
            first[index] = page;
        } else {
            others.computeIfAbsent(entry.index(), _ -> new ArrayList<>()).add(page);
        }
    }

    private Page search(long index, long term) {
        if (index >= first.length) {
            return Page.UNKNOWN;
        }
        Page page = first[(int) index];
        if (!page.isKnown() || page.entry().term() == term) {
            return page;
        }
        for (Page other : others.getOrDefault(index, List.of())) {
            if (other.entry().term() == term) {
                return other;
            }
        }
        return Page.UNKNOWN;
    }
}
