package dev.whitewater.store.kv;

import dev.whitewater.store.BrokenInvariant;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.backend.StoredVersion;

/**
 * The hash of all keys as of a revision, bit for bit etcd's {@code HashKV}: CRC-32C over the name
 * of etcd's bucket and, by revision, over its 17-byte keys and its protocol buffers.
 *
 * <p>Covered are all versions between the compaction and the revision, and of what the compaction
 * left those that are still there at the revision. Computed in slices, between which the store goes
 * on, but removes nothing.
 */
public final class KvHash {
    private static final byte[] BUCKET = {'k', 'e', 'y'};
    private static final byte TOMBSTONE = 't';
    private static final byte SEPARATOR = '_';

    private final Mvcc mvcc;
    private final long revision;
    private final long compacted;

    /** etcd's exception: if nothing is there at the revision, all that was left counts. */
    private final long keptAt;

    private final Crc32c crc = new Crc32c();
    private long cursorMain;
    private int cursorSub;
    private boolean done;

    KvHash(Mvcc mvcc, long revision, byte[] before) {
        this.mvcc = mvcc;
        this.revision = revision;
        this.compacted = mvcc.compactRevision();
        boolean[] any = {false};
        mvcc.range(
                KeyRange.ALL,
                revision,
                kv -> {
                    any[0] = true;
                    return false;
                });
        keptAt = any[0] ? revision : compacted;
        mvcc.pin();
        crc.update(before, 0, before.length);
        crc.update(BUCKET, 0, BUCKET.length);
    }

    /** The revision that the hash stands for. */
    public long revision() {
        return revision;
    }

    /** The compaction that the hash stands for; hashes are comparable only if it is the same. */
    public long compactRevision() {
        return compacted;
    }

    /** Goes over {@code most} versions more; true if more remain. */
    public boolean step(int most) {
        if (done) {
            return false;
        }
        int[] seen = {0};
        mvcc.backend()
                .scan(
                        cursorMain,
                        cursorSub,
                        revision,
                        version -> {
                            cursorMain = version.main();
                            cursorSub = version.sub() + 1;
                            if (isCovered(version)) {
                                add(version);
                            }
                            return ++seen[0] < most;
                        });
        if (seen[0] < most) {
            abandon();
        }
        return !done;
    }

    /** Gives up, if it isn't done. */
    public void abandon() {
        if (!done) {
            done = true;
            mvcc.unpin();
        }
    }

    /** The hash, after the last step. */
    public int value() {
        if (!done) {
            throw new BrokenInvariant("hash-is-computed", "more remains");
        }
        return crc.value();
    }

    private boolean isCovered(StoredVersion version) {
        if (version.main() > compacted) {
            return true;
        }
        return !version.isTombstone()
                && mvcc.isCurrent(version.key(), version.main(), version.sub(), keptAt);
    }

    private void add(StoredVersion version) {
        KeyValue kv = version.kv();
        byte[] place = new byte[18];
        number(place, 0, kv.modRevision());
        place[8] = SEPARATOR;
        number(place, 9, version.sub());
        place[17] = TOMBSTONE;
        crc.update(place, 0, kv.isTombstone() ? 18 : 17);
        field(1, kv.key());
        if (!kv.isTombstone()) {
            field(2, kv.createRevision());
            field(3, kv.modRevision());
            field(4, kv.version());
            field(5, kv.value());
            field(6, kv.lease());
        }
    }

    private static void number(byte[] target, int at, long value) {
        for (int i = 0; i < 8; i++) {
            target[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    /** A field of a protocol buffer; empty ones aren't written. */
    private void field(int number, Bytes value) {
        if (!value.isEmpty()) {
            crc.update(number << 3 | 2);
            varint(value.length());
            byte[] raw = value.toByteArray();
            crc.update(raw, 0, raw.length);
        }
    }

    private void field(int number, long value) {
        if (value != 0) {
            crc.update(number << 3);
            varint(value);
        }
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            crc.update((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        crc.update((int) rest);
    }
}
