package dev.whitewater.sim.monitor;

import dev.whitewater.node.wal.DurableRecords;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.sim.disk.DurableFile;
import dev.whitewater.sim.disk.SimulatedDisk;

import java.util.List;

/**
 * Follows what one member's disk would keep in a crash, record by record. Segments are only ever
 * written onwards, so it reads on from where it was.
 */
final class DiskWatch implements DurableRecords.Sink {

    private final MemberState member;
    private final SimulatedDisk disk;
    private final EntryIdentity identity;
    private final CommittedLog committed;
    private final Configurations configurations;

    private long segment = 1;
    private DurableFile file = DurableFile.NONE;
    private DurableFile next = DurableFile.NONE;
    private int position;
    private long seen;
    private long namesSeen = -1;

    DiskWatch(
            MemberState member,
            SimulatedDisk disk,
            EntryIdentity identity,
            CommittedLog committed,
            Configurations configurations) {
        this.configurations = configurations;
        this.member = member;
        this.disk = disk;
        this.identity = identity;
        this.committed = committed;
    }

    /** The disk may have made something durable. */
    void look() {
        if (disk.durableVersion() == seen) {
            return;
        }
        seen = disk.durableVersion();
        if (disk.durableNamesVersion() != namesSeen) {
            find();
        }
        while (readOn() && nextHasBegun()) {
            segment++;
            position = 0;
            find();
        }
    }

    private void find() {
        namesSeen = disk.durableNamesVersion();
        file = disk.durable(DurableRecords.fileName(segment));
        next = disk.durable(DurableRecords.fileName(segment + 1));
    }

    private boolean readOn() {
        position = read(file, position, this);
        return position > 0;
    }

    /**
     * Whether the next segment is in use. Its name alone is not enough: if a crash leaves nothing
     * else of it, recovery removes it and the log goes on in the one before.
     */
    private boolean nextHasBegun() {
        return read(next, 0, (_, _, _) -> {}) > 0;
    }

    private static int read(DurableFile from, int at, DurableRecords.Sink sink) {
        return DurableRecords.read(from.durable(), from.durableLength(), at, sink);
    }

    @Override
    public void record(HardState hardState, EntryId reset, List<Entry> entries) {
        DurableLog log = member.durable();
        if (reset.index() > 0) {
            log.restore(reset, committed);
        }
        if (!entries.isEmpty()) {
            long previousTerm = log.termAt(entries.getFirst().index() - 1);
            for (Entry entry : entries) {
                identity.durable(member, entry, previousTerm);
                previousTerm = entry.term();
            }
        }
        log.add(hardState, entries);
        for (Entry entry : entries) {
            configurations.durable(member, entry);
        }
    }
}
