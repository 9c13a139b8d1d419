package dev.whitewater.store.backend;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

import java.util.Arrays;

/**
 * A run of neighbouring versions, packed into one array: no object but these arrays survives a
 * write, which is what keeps the garbage collector out of the cost of a put.
 *
 * <p>A version keeps its place until the chunk is packed, so as long as every revision wrote one
 * version its place follows from its revision; and all that is to be known to find its bytes is one
 * number. To read a version in a large store is to wait for memory, and so it waits little.
 *
 * <pre>
 * record = number(key length) number(value length) number(version, 0: tombstone)
 *          number(main - create revision) number(lease) key value
 * </pre>
 */
final class Chunk {
    private static final int FIRST_BYTES = 256;
    private static final int FIRST_PLACES = 4;

    /** A chunk is full when it has so many bytes; a record that is larger gets its own. */
    static final int BYTES_MOST = 1 << 15;

    private static final int[] NO_SUBS = {};

    /** What five numbers take at most. */
    private static final int HEAD_BYTES_MOST = 50;

    /** A chunk that is full but for this part isn't copied to save the rest. */
    private static final int SPARED_PART = 16;

    /** Less waste isn't worth the copying. */
    private static final int WASTE_LEAST = 1024;

    private static final int MAIN_SHIFT = 32;
    private static final long GONE = 1L << 31;
    private static final long START = GONE - 1;

    /** The revision of the first version that was ever in here. */
    final long base;

    final int firstSub;

    /** How many places there are, those of removed versions included. */
    int size;

    /** How many versions there are. */
    int live;

    private byte[] data;
    private int used;
    private int wasted;

    /** Revision less {@link #base}, whether it is gone, and where its record starts. */
    private long[] places = new long[FIRST_PLACES];

    /** How far the last version's revision is from {@link #base}. */
    private long span;

    /** Empty as long as all of them are 0. */
    private int[] subs = NO_SUBS;

    /** The first of few. */
    Chunk(long base, int firstSub) {
        this(base, firstSub, new byte[FIRST_BYTES]);
    }

    /** Writes to {@code data}, whatever is in it. */
    Chunk(long base, int firstSub, byte[] data) {
        this.base = base;
        this.firstSub = firstSub;
        this.data = data;
    }

    /** Whether a version still belongs here rather than into a new chunk. */
    boolean hasRoom(KeyValue kv) {
        return kv.modRevision() - base < Integer.MAX_VALUE
                && (used == 0 || used + recordBytesMost(kv) <= BYTES_MOST);
    }

    private static long recordBytesMost(KeyValue kv) {
        return (long) HEAD_BYTES_MOST + kv.key().length() + kv.value().length();
    }

    void add(KeyValue kv, int sub) {
        reserve(Math.toIntExact(recordBytesMost(kv)));
        span = kv.modRevision() - base;
        places[size] = (span << MAIN_SHIFT) | used;
        if (sub != 0 && subs.length == 0) {
            subs = new int[places.length];
        }
        if (subs.length != 0) {
            subs[size] = sub;
        }
        size++;
        live++;
        int at = used;
        at = putNumber(at, kv.key().length());
        at = putNumber(at, kv.value().length());
        at = putNumber(at, kv.version());
        at = putNumber(at, kv.isTombstone() ? 0 : kv.modRevision() - kv.createRevision());
        at = putNumber(at, kv.lease());
        kv.key().copyTo(data, at);
        at += kv.key().length();
        kv.value().copyTo(data, at);
        used = at + kv.value().length();
    }

    /** Nothing will be added any more. */
    void seal() {
        if (used == 0 || data.length - used > BYTES_MOST / SPARED_PART) {
            data = Arrays.copyOf(data, used);
        }
        places = Arrays.copyOf(places, size);
        subs = subs.length == 0 ? subs : Arrays.copyOf(subs, size);
    }

    /** Gives up its bytes, for another chunk to write to. */
    byte[] takeData() {
        byte[] taken = data;
        data = new byte[0];
        places = new long[0];
        subs = NO_SUBS;
        size = 0;
        used = 0;
        wasted = 0;
        return taken;
    }

    long main(int place) {
        return base + (places[place] >>> MAIN_SHIFT);
    }

    int sub(int place) {
        return subs.length == 0 ? 0 : subs[place];
    }

    boolean isGone(int place) {
        return (places[place] & GONE) != 0;
    }

    /** Where a version stands, or -1. */
    int find(long main, int sub) {
        int place = lowerBound(main, sub);
        boolean found = place < size && main(place) == main && sub(place) == sub;
        return found && !isGone(place) ? place : -1;
    }

    /**
     * The first place that isn't before (main, sub): searched from where it would stand if all
     * places were as far from each other, in growing steps, then by bisection.
     */
    int lowerBound(long main, int sub) {
        long offset = main - base;
        if (offset <= 0 || size == 0) {
            return offset < 0 ? 0 : bisect(0, size, offset, sub);
        }
        int guess = offset >= span ? size - 1 : (int) (offset * (size - 1) / span);
        int step = 1;
        if (isBefore(guess, offset, sub)) {
            int low = guess + 1;
            while (low + step < size && isBefore(low + step, offset, sub)) {
                low += step + 1;
                step *= 2;
            }
            return bisect(low, Math.min(size, low + step), offset, sub);
        }
        int high = guess;
        while (high - step >= 0 && !isBefore(high - step, offset, sub)) {
            high -= step;
            step *= 2;
        }
        return bisect(Math.max(0, high - step), high, offset, sub);
    }

    private int bisect(int from, int to, long offset, int sub) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(middle, offset, sub)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBefore(int place, long offset, int sub) {
        long there = places[place] >>> MAIN_SHIFT;
        return there < offset || (there == offset && sub(place) < sub);
    }

    /** Takes a version out; its bytes remain until {@link #pack}. */
    void remove(int place) {
        wasted += recordBytes(place);
        places[place] |= GONE;
        live--;
    }

    /** Whether so much is waste that packing pays. */
    boolean isWasteful() {
        return wasted > WASTE_LEAST && wasted > used / 2;
    }

    boolean hasWaste() {
        return wasted > 0;
    }

    /** Closes the gaps; the array that held them is given back. */
    byte[] pack() {
        byte[] old = data;
        byte[] packed = new byte[used - wasted];
        int at = 0;
        int kept = 0;
        for (int place = 0; place < size; place++) {
            if (!isGone(place)) {
                int length = recordBytes(place);
                System.arraycopy(data, start(place), packed, at, length);
                places[kept] = (places[place] & ~START) | at;
                if (subs.length != 0) {
                    subs[kept] = subs[place];
                }
                kept++;
                at += length;
            }
        }
        size = kept;
        data = packed;
        used = at;
        wasted = 0;
        seal();
        return old;
    }

    private int start(int place) {
        return (int) (places[place] & START);
    }

    /** The bytes of key and value. */
    int payloadBytes(int place) {
        Reader in = new Reader(start(place));
        return (int) in.number() + (int) in.number();
    }

    boolean isTombstone(int place) {
        Reader in = new Reader(start(place));
        in.number();
        in.number();
        return in.number() == 0;
    }

    Bytes key(int place) {
        Reader in = new Reader(start(place));
        int keyLength = (int) in.number();
        for (int number = 1; number < 5; number++) {
            in.number();
        }
        return Bytes.of(data, in.at, keyLength);
    }

    KeyValue kv(int place, Bytes key) {
        Reader in = new Reader(start(place));
        int keyLength = (int) in.number();
        int valueLength = (int) in.number();
        long version = in.number();
        long age = in.number();
        long lease = in.number();
        long main = main(place);
        if (version == 0) {
            return KeyValue.tombstone(key, main);
        }
        Bytes value = Bytes.of(data, in.at + keyLength, valueLength);
        return new KeyValue(key, value, main - age, main, version, lease);
    }

    private int recordBytes(int place) {
        Reader in = new Reader(start(place));
        int payload = (int) in.number() + (int) in.number();
        for (int number = 2; number < 5; number++) {
            in.number();
        }
        return in.at - start(place) + payload;
    }

    private void reserve(int more) {
        if (used + more > data.length) {
            data = Arrays.copyOf(data, Math.max(used + more, 2 * data.length));
        }
        if (size == places.length) {
            int room = Math.max(FIRST_PLACES, 2 * size);
            places = Arrays.copyOf(places, room);
            subs = subs.length == 0 ? subs : Arrays.copyOf(subs, room);
        }
    }

    /** Seven bits a byte, the lowest first; the top bit says that more follow. */
    private int putNumber(int from, long value) {
        int at = from;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            data[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        data[at++] = (byte) rest;
        return at;
    }

    /** Reads the head of a record. */
    private final class Reader {
        private int at;

        private Reader(int at) {
            this.at = at;
        }

        private long number() {
            long value = 0;
            int shift = 0;
            byte octet;
            do {
                octet = data[at++];
                value |= (octet & 0x7fL) << shift;
                shift += 7;
            } while (octet < 0);
            return value;
        }
    }
}
