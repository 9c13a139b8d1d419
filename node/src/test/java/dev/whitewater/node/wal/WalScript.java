package dev.whitewater.node.wal;

import dev.whitewater.node.disk.DiskQueue;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.testing.MemoryDisk;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.Persist;
import dev.whitewater.raft.Recovered;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A life of a log: what it is asked to persist, and what it must hold after each record. Written by
 * hand so that it has all there is: small and large entries, overwriting, a vote alone, rotation.
 */
final class WalScript {

    static final int SEGMENT_BYTES = 4096;
    static final WalIdentity IDENTITY = new WalIdentity(77, new NodeId(2));

    private final List<Persist> steps = new ArrayList<>();

    /** {@code states[k]} is what the log holds after k records of this script. */
    private final List<Recovered> states = new ArrayList<>();

    /** What a log must hold, in a form that can be compared. */
    private record Model(HardState hardState, List<Entry> entries) {

        Model after(Persist persist) {
            List<Entry> log = new ArrayList<>(entries);
            if (!persist.entries().isEmpty()) {
                int first = (int) persist.entries().getFirst().index();
                log.subList(first - 1, log.size()).clear();
                log.addAll(persist.entries());
            }
            return new Model(persist.hardState(), log);
        }
    }

    WalScript() {
        vote(1, 2, 0);
        append(1, 0, entry(1, 1, 0), entry(1, 2, 40));
        append(1, 1, entry(1, 3, 700));
        append(1, 3, entry(1, 4, 5), entry(1, 5, 5), entry(1, 6, 900));
        vote(3, 0, 3);
        append(3, 3, entry(3, 5, 30));
        append(3, 4, entry(3, 6, 2500));
        append(4, 5, entry(4, 6, 1), entry(4, 7, 511), entry(4, 8, 3));
        append(4, 8, entry(4, 9, 455));
        append(4, 8, entry(4, 10, 456));
        append(4, 8, entry(4, 11, 1500));
        vote(5, 1, 11);
        Model model = new Model(HardState.INITIAL, List.of());
        states.add(new Recovered(model.hardState(), model.entries(), 0));
        for (Persist step : steps) {
            model = model.after(step);
            states.add(new Recovered(model.hardState(), model.entries(), 0));
        }
    }

    private void vote(long term, long candidate, long commit) {
        HardState state = new HardState(term, new NodeId(candidate), commit);
        steps.add(new Persist(state, List.of(), true));
    }

    private void append(long term, long commit, Entry... entries) {
        HardState state = new HardState(term, NodeId.NONE, commit);
        steps.add(new Persist(state, List.of(entries), true));
    }

    static Entry entry(long term, long index, int bytes) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (index * 31 + i % 7 - 3);
        }
        return Entry.command(new EntryId(term, index), data);
    }

    int size() {
        return steps.size();
    }

    Recovered state(int records) {
        return states.get(records);
    }

    /** A log that was opened on a disk, and the disk. */
    static final class Opened {
        private final MemoryDisk disk;
        private final DiskQueue queue;
        private final Wal wal;
        private final Recovered recovered;

        private Opened(MemoryDisk disk, DiskQueue queue, WalRecovery recovery) {
            this.disk = disk;
            this.queue = queue;
            this.wal = recovery.open();
            this.recovered = recovery.recovered(SnapshotMeta.NONE);
        }

        Wal wal() {
            return wal;
        }

        Recovered recovered() {
            return recovered;
        }

        boolean finishNext() {
            DiskResult result = disk.finishNext();
            return wal.finished(queue.finished(result));
        }

        void finishAll() {
            wal.flush();
            while (disk.hasWork()) {
                finishNext();
                wal.flush();
            }
        }

        void persist(long number, Persist persist) {
            wal.add(number, persist);
            finishAll();
        }
    }

    static Opened open(MemoryDisk disk) {
        return open(disk, IDENTITY, SEGMENT_BYTES);
    }

    static Opened open(MemoryDisk disk, WalIdentity identity, int segmentBytes) {
        DiskQueue queue = new DiskQueue(disk);
        WalRecovery recovery = new WalRecovery(new WalSettings(identity, segmentBytes), queue);
        recovery.begin();
        boolean finished = false;
        while (!finished) {
            DiskResult result = disk.finishNext();
            finished = recovery.finished(queue.finished(result), result);
        }
        return new Opened(disk, queue, recovery);
    }

    /** Opens and writes the record with which a life begins. */
    static Opened begin(MemoryDisk disk) {
        return begin(disk, SEGMENT_BYTES);
    }

    /** With tiny segments that record begins a new one. */
    static Opened begin(MemoryDisk disk, int segmentBytes) {
        Opened opened = open(disk, IDENTITY, segmentBytes);
        opened.finishAll();
        return opened;
    }

    /** Runs the whole script on an empty disk; the files end with their last record. */
    static MemoryDisk complete() {
        MemoryDisk disk = preallocated();
        for (String file : disk.files()) {
            byte[] bytes = disk.read(file);
            int end = bytes.length;
            while (bytes[end - 1] == 0) {
                end -= Sectors.SIZE;
            }
            disk.replace(file, Arrays.copyOf(bytes, end));
        }
        return disk;
    }

    /** Runs the whole script on an empty disk. */
    static MemoryDisk preallocated() {
        WalScript script = new WalScript();
        MemoryDisk disk = new MemoryDisk();
        Opened opened = begin(disk);
        for (int i = 0; i < script.size(); i++) {
            opened.persist(i + 1, script.steps.get(i));
        }
        return disk;
    }

    /** How far a run of the script came before it was stopped. */
    record Run(MemoryDisk disk, int durableRecords, boolean writing) {}

    /**
     * Runs the script on an empty disk until {@code commands} disk commands have taken effect, or
     * to its end. {@code durableRecords} does not count the record with which the life began.
     */
    Run runUntil(int commands) {
        MemoryDisk disk = new MemoryDisk();
        Opened opened = open(disk);
        int durable = -1;
        for (int i = 0; i <= steps.size(); i++) {
            if (i > 0) {
                opened.wal().add(i, steps.get(i - 1));
            }
            opened.wal().flush();
            while (disk.hasWork()) {
                if (disk.finishedCommands() == commands) {
                    return new Run(disk, durable, true);
                }
                if (opened.finishNext()) {
                    durable++;
                }
            }
        }
        return new Run(disk, durable, false);
    }
}
