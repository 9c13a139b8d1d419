package dev.whitewater.sim.disk;

import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Purpose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * One file: the bytes that survive a crash, and the changes since the last sync, in order. What a
 * program reads is the former with the latter laid over it; a sync folds them in.
 *
 * <p>Damage lies in between: sectors of which the medium holds something else than what was made
 * durable. Programs read it; monitors see through it, to what was promised.
 */
final class SimulatedFile implements DurableFile {

    /** What a device writes whole or not at all. */
    static final int SECTOR_BYTES = 512;

    private sealed interface Change {
        /** Its place in the life of the file: the key of its survival. */
        long number();
    }

    private record Written(long number, int offset, byte[] bytes) implements Change {}

    private record Cut(long number, int length) implements Change {}

    /** What the survival of this file's changes is decided by, besides their numbers. */
    private final long key;

    private byte[] durable = new byte[0];
    private int durableLength;

    /** Where the last durable write ended; what lies behind it was only made room for. */
    private int writtenLength;

    private final List<Change> unsynced = new ArrayList<>();
    private final TreeMap<Integer, byte[]> damaged = new TreeMap<>();
    private long changes;
    private int length;

    /** The first of the unsynced changes, which a failed sync dropped: read, but never durable. */
    private int dropped;

    SimulatedFile(long key) {
        this.key = key;
    }

    int length() {
        return length;
    }

    @Override
    public int durableLength() {
        return durableLength;
    }

    @Override
    public byte[] durable() {
        return durable;
    }

    void write(long offset, byte[] bytes) {
        int at = Math.toIntExact(offset);
        unsynced.add(new Written(++changes, at, bytes));
        length = Math.max(length, Math.addExact(at, bytes.length));
    }

    void truncate(long newLength) {
        length = Math.toIntExact(newLength);
        unsynced.add(new Cut(++changes, length));
    }

    void sync() {
        List<Change> kept = unsynced.subList(dropped, unsynced.size());
        for (Change change : kept) {
            switch (change) {
                case Written(long _, int offset, byte[] bytes) ->
                        store(offset, bytes, 0, bytes.length);
                case Cut(long _, int newLength) -> cut(newLength);
            }
        }
        kept.clear();
    }

    /**
     * The device could not write what was to be synced. The pages are taken for clean from now on:
     * another sync would succeed and not bring them back (Rebello et al., ATC 2020).
     */
    void dropUnsynced() {
        dropped = unsynced.size();
    }

    byte[] read(long offset, int count) {
        int from = (int) Math.min(offset, length);
        int to = Math.min(length, from + count);
        byte[] result = new byte[to - from];
        copy(durable, 0, durableLength, result, from);
        damaged.forEach(
                (sector, bytes) -> copy(bytes, sector * SECTOR_BYTES, SECTOR_BYTES, result, from));
        for (Change change : unsynced) {
            switch (change) {
                case Written(long _, int at, byte[] bytes) ->
                        copy(bytes, at, bytes.length, result, from);
                case Cut(long _, int newLength) -> {
                    int kept = Math.clamp(newLength - from, 0, result.length);
                    Arrays.fill(result, kept, result.length, (byte) 0);
                }
            }
        }
        return result;
    }

    /** Lays the part of {@code bytes}, which begin at file offset {@code at}, over a window. */
    private static void copy(byte[] bytes, int at, int count, byte[] window, int windowFrom) {
        int from = Math.max(at, windowFrom);
        int to = Math.min(at + count, windowFrom + window.length);
        if (from < to) {
            System.arraycopy(bytes, from - at, window, from - windowFrom, to - from);
        }
    }

    /**
     * The power fails. Each change since the last sync is found on the disk afterwards or not,
     * whatever became of those before it: a device may reorder all it has not been told to sync.
     * Whether one is there in parts.
     */
    boolean crash(Survival survival) {
        boolean torn = false;
        for (Change change : unsynced.subList(dropped, unsynced.size())) {
            boolean survives = survival.ofWrite(key, change.number());
            switch (change) {
                case Written written -> {
                    if (survives) {
                        store(written.offset(), written.bytes(), 0, written.bytes().length);
                    } else if (survival.tears(key, written.number())) {
                        torn |= tear(written, survival);
                    }
                }
                case Cut(long _, int newLength) -> {
                    if (survives) {
                        cut(newLength);
                    }
                }
            }
        }
        unsynced.clear();
        dropped = 0;
        length = durableLength;
        return torn;
    }

    boolean hasUnsynced() {
        return !unsynced.isEmpty();
    }

    /** Of a torn write some sectors are there and some are not. */
    private boolean tear(Written written, Survival survival) {
        int stored = 0;
        int from = 0;
        int size = written.bytes().length;
        for (int sector = 0; from < size; sector++) {
            int at = written.offset() + from;
            int to = Math.min(size, from + SECTOR_BYTES - at % SECTOR_BYTES);
            if (survival.ofSector(key, written.number(), sector)) {
                store(at, written.bytes(), from, to - from);
                stored += to - from;
            }
            from = to;
        }
        return stored > 0 && stored < size;
    }

    private void store(int offset, byte[] bytes, int from, int count) {
        int end = offset + count;
        if (end > durable.length) {
            durable = Arrays.copyOf(durable, Math.max(end, 2 * durable.length));
        }
        System.arraycopy(bytes, from, durable, offset, count);
        durableLength = Math.max(durableLength, end);
        writtenLength = Math.max(writtenLength, end);
        if (!damaged.isEmpty()) {
            damage(offset, Arrays.copyOfRange(bytes, from, from + count));
        }
    }

    // ---- damage

    /** How many sectors are durable and were written, each as a whole. */
    int wholeSectors() {
        return writtenLength / SECTOR_BYTES;
    }

    /**
     * One bit of a whole sector changes. Never in its last byte: a log that marks its sectors there
     * can't tell a rotten mark from a write that was torn, and need not.
     */
    void rot(int sector, long bits) {
        int at = (int) Decisions.below(bits, SECTOR_BYTES - 1L);
        byte[] bytes = {(byte) (medium(sector)[at] ^ 1 << (bits & 7))};
        damage(sector * SECTOR_BYTES + at, bytes);
    }

    /**
     * Synced bytes land on older ones, at a sector before {@code offset} that {@code bits} pick;
     * where they belong the medium keeps what it had.
     */
    void writeElsewhere(int offset, byte[] bytes, long bits) {
        int wrong = SECTOR_BYTES * (int) Decisions.below(bits, offset / SECTOR_BYTES);
        byte[] before = new byte[bytes.length];
        copy(durable, 0, durableLength, before, offset);
        store(offset, bytes, 0, bytes.length);
        length = Math.max(length, offset + bytes.length);
        damage(offset, before);
        damage(wrong, Arrays.copyOf(bytes, Math.min(bytes.length, offset - wrong)));
    }

    /** What the medium holds of a sector. */
    private byte[] medium(int sector) {
        byte[] bytes = damaged.get(sector);
        if (bytes == null) {
            bytes = new byte[SECTOR_BYTES];
            copy(durable, 0, durableLength, bytes, sector * SECTOR_BYTES);
        }
        return bytes;
    }

    private void damage(int offset, byte[] bytes) {
        int last = (offset + bytes.length - 1) / SECTOR_BYTES;
        for (int sector = offset / SECTOR_BYTES; sector <= last; sector++) {
            byte[] held = medium(sector);
            copy(bytes, offset, bytes.length, held, sector * SECTOR_BYTES);
            damaged.put(sector, held);
        }
    }

    private void cut(int newLength) {
        if (newLength > durable.length) {
            durable = Arrays.copyOf(durable, newLength);
        }
        if (newLength < durableLength) {
            Arrays.fill(durable, newLength, durableLength, (byte) 0);
            damaged.tailMap(newLength / SECTOR_BYTES, newLength % SECTOR_BYTES == 0).clear();
        }
        durableLength = newLength;
        writtenLength = Math.min(writtenLength, newLength);
    }

    /** What a crash leaves of the changes that were not synced. */
    static final class Survival {
        private final Decisions decisions;
        private final DiskSettings settings;

        Survival(Decisions decisions, DiskSettings settings) {
            this.decisions = decisions;
            this.settings = settings;
        }

        boolean ofWrite(long file, long change) {
            return Decisions.hits(
                    decisions.bits(Purpose.WRITE_SURVIVES, settings.member(), file, change),
                    settings.plan().survivesCrash());
        }

        boolean tears(long file, long change) {
            return settings.plan().torn()
                    && decisions.bits(Purpose.WRITE_TEARS, settings.member(), file, change) < 0;
        }

        boolean ofSector(long file, long change, int sector) {
            return decisions.bits(Purpose.SECTOR_SURVIVES, settings.member(), file, change, sector)
                    < 0;
        }

        boolean ofDirectoryChange(long change) {
            return Decisions.hits(
                    decisions.bits(Purpose.DIRECTORY_CHANGE_SURVIVES, settings.member(), change),
                    settings.plan().survivesCrash());
        }
    }
}
