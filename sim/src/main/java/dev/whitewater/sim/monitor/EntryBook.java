package dev.whitewater.sim.monitor;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.EntryCodes;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.EntryKind;
import dev.whitewater.sim.pack.PackedBytes;
import dev.whitewater.sim.pack.RunLength;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Every entry that ever was on any disk, by (term, index). The first one seen at an index is kept
 * as packed bytes, and the last ones also as they are, since members are rarely far apart; the few
 * others at the same index, left by leaders that failed, sit in a tree.
 */
final class EntryBook {
    /** A power of two. */
    private static final int RECENT = 1024;

    /** An entry and the term of the one before it in the log in which it was first seen. */
    record Page(Entry entry, long previousTerm) {
        /** No log has an entry at index 0: it stands for none. */
        private static final Page UNKNOWN = new Page(Entry.noop(EntryId.ZERO), 0);

        boolean isKnown() {
            return entry.index() > 0;
        }
    }

    private final Page[] recent = new Page[RECENT];
    private final PackedBytes packed = new PackedBytes();

    /** By index: where the first one begins in {@link #packed}, plus 1; 0 for none. */
    private final LongList places = new LongList();

    private final TreeMap<Long, List<Page>> others = new TreeMap<>();
    private final ByteWriter scratch = new ByteWriter(512);

    EntryBook() {
        Arrays.fill(recent, Page.UNKNOWN);
    }

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
        long index = entry.index();
        Page page = new Page(entry, previousTerm);
        if (places.get(index) == 0) {
            places.set(index, pack(page) + 1);
            recent[slot(index)] = page;
        } else {
            others.computeIfAbsent(index, _ -> new ArrayList<>()).add(page);
        }
    }

    private static int slot(long index) {
        return (int) index & RECENT - 1;
    }

    private Page search(long index, long term) {
        Page near = recent[slot(index)];
        if (near.entry().index() == index && near.entry().term() == term) {
            return near;
        }
        long place = places.get(index);
        if (place == 0) {
            return Page.UNKNOWN;
        }
        if (reader(place - 1).varint() == term) {
            return unpack(index, place - 1);
        }
        for (Page other : others.getOrDefault(index, List.of())) {
            if (other.entry().term() == term) {
                return other;
            }
        }
        return Page.UNKNOWN;
    }

    private long pack(Page page) {
        scratch.clear();
        scratch.varint(page.entry().term());
        scratch.varint(page.previousTerm());
        scratch.int8(EntryCodes.code(page.entry().kind()));
        RunLength.write(scratch, page.entry().data());
        return packed.add(scratch.array(), scratch.length());
    }

    private Page unpack(long index, long place) {
        ByteReader in = reader(place);
        long term = in.varint();
        long previousTerm = in.varint();
        EntryKind kind = EntryCodes.kind(in.int8());
        return new Page(
                new Entry(new EntryId(term, index), kind, RunLength.read(in)), previousTerm);
    }

    private ByteReader reader(long place) {
        byte[] array = packed.array(place);
        return new ByteReader(array, packed.offset(place), array.length);
    }
}
