package dev.whitewater.store.backend;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

import java.util.Arrays;

/**
 * A run of neighbouring versions, packed into one array: no object but these arrays survives a
 * write, which is what keeps the garbage collector out of the cost of a put.
 *
 * <pre>
 * record = number(key length) number(value length) number(version, 0: tombstone)
 *          number(main - create revision) number(lease) key value
 * </pre>
 */
final class Chunk {
    private static final int FIRST_BYTES = 256;
    private static final int FIRST_RECORDS = 4;

    /** A chunk is full when it has so many bytes; a record that is larger gets its own. */
    static final int BYTES_MOST = 1 << 15;

    private static final int[] NO_SUBS = {};

    /** What five numbers take at most. */
    private static final int HEAD_BYTES_MOST = 50;

    /** A chunk that is full but for this part isn't copied to save the rest. */
    private static final int SPARED_PART = 16;

    /** Less waste isn't worth the copying. */
    private static final int WASTE_LEAST = 1024;

    /** The revision of the first version that was ever in here. */
    final long base;

    final int firstSub;

    int size;
    private byte[] data;
    private int used;
    private int wasted;
    private int[] starts = new int[FIRST_RECORDS];

    /** Revisions, less {@link #base}. */
    private int[] mains = new int[FIRST_RECORDS];

    /** Empty as long as all of them are 0. */
    private int[] subs = NO_SUBS;

    /** One that is the first of few. */
    Chunk(long base, int firstSub) {
        this(base, firstSub, FIRST_BYTES);
    }

    private Chunk(long base, int firstSub, int bytes) {
        this.base = base;
        this.firstSub = firstSub;
        data = new byte[bytes];
    }

    /** One behind others, which were filled: this one will be too, and needn't grow to that. */
    static Chunk oneMore(long base, int firstSub) {
        return new Chunk(base, firstSub, BYTES_MOST);
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
        starts[size] = used;
        mains[size] = (int) (kv.modRevision() - base);
        if (sub != 0 && subs.length == 0) {
            subs = new int[starts.length];
        }
        if (subs.length != 0) {
            subs[size] = sub;
        }
        size++;
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
        starts = Arrays.copyOf(starts, size);
        mains = Arrays.copyOf(mains, size);
        subs = subs.length == 0 ? subs : Arrays.copyOf(subs, size);
    }

    long main(int place) {
        return base + mains[place];
    }

    int sub(int place) {
        return subs.length == 0 ? 0 : subs[place];
    }

    /** Where a version stands, or -1. */
    int find(long main, int sub) {
        long guess = main - base;
        if (guess >= 0 && guess < size && main((int) guess) == main && sub((int) guess) == sub) {
            return (int) guess;
        }
        int place = lowerBound(main, sub);
        return place < size && main(place) == main && sub(place) == sub ? place : -1;
    }

    /** The first place that isn't before (main, sub). */
    int lowerBound(long main, int sub) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long there = main(middle);
            if (there < main || (there == main && sub(middle) < sub)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Takes a version out, and gives the room back when half of all is waste. */
    void remove(int place) {
        wasted += recordBytes(place);
        size--;
        int moved = size - place;
        System.arraycopy(starts, place + 1, starts, place, moved);
        System.arraycopy(mains, place + 1, mains, place, moved);
        if (subs.length != 0) {
            System.arraycopy(subs, place + 1, subs, place, moved);
        }
        if (wasted > WASTE_LEAST && wasted > used / 2) {
            repack();
        }
    }

    void repack() {
        byte[] packed = new byte[used - wasted];
        int at = 0;
        for (int place = 0; place < size; place++) {
            int length = recordBytes(place);
            System.arraycopy(data, starts[place], packed, at, length);
            starts[place] = at;
            at += length;
        }
        data = packed;
        used = at;
        wasted = 0;
        seal();
    }

    boolean hasWaste() {
        return wasted > 0;
    }

    /** The bytes of key and value. */
    int payloadBytes(int place) {
        Reader in = new Reader(starts[place]);
        return (int) in.number() + (int) in.number();
    }

    boolean isTombstone(int place) {
        Reader in = new Reader(starts[place]);
        in.number();
        in.number();
        return in.number() == 0;
    }

    Bytes key(int place) {
        Reader in = new Reader(starts[place]);
        int keyLength = (int) in.number();
        for (int number = 1; number < 5; number++) {
            in.number();
        }
        return Bytes.of(data, in.at, keyLength);
    }

    KeyValue kv(int place, Bytes key) {
        Reader in = new Reader(starts[place]);
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
        Reader in = new Reader(starts[place]);
        int payload = (int) in.number() + (int) in.number();
        for (int number = 2; number < 5; number++) {
            in.number();
        }
        return in.at - starts[place] + payload;
    }

    private void reserve(int more) {
        if (used + more > data.length) {
            data = Arrays.copyOf(data, Math.max(used + more, 2 * data.length));
        }
        if (size == starts.length) {
            int room = Math.max(FIRST_RECORDS, 2 * size);
            starts = Arrays.copyOf(starts, room);
            mains = Arrays.copyOf(mains, room);
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
