package dev.whitewater.sim.monitor;

import dev.whitewater.node.wal.DurableRecords;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
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

    private long segment = 1;
    private String file = DurableRecords.fileName(1);
    private int position;
    private long seen;

    DiskWatch(MemberState member, SimulatedDisk disk, EntryIdentity identity) {
        this.member = member;
        this.disk = disk;
        this.identity = identity;
    }

    /** The disk may have made something durable. */
    void look() {
        if (disk.durableVersion() == seen) {
            return;
        }
        seen = disk.durableVersion();
        while (disk.isDurable(file)) {
            position =
                    DurableRecords.read(
                            disk.durableBytes(file), disk.durableLength(file), position, this);
            if (!disk.isDurable(DurableRecords.fileName(segment + 1))) {
                return;
            }
            segment++;
            file = DurableRecords.fileName(segment);
            position = 0;
        }
    }

    @Override
    public void record(HardState hardState, List<Entry> entries) {
        DurableLog log = member.durable();
        if (!entries.isEmpty()) {
            long previousTerm = log.termAt(entries.getFirst().index() - 1);
            for (Entry entry : entries) {
                identity.durable(member, entry, previousTerm);
                previousTerm = entry.term();
            }
        }
        log.add(hardState, entries);
    }
}
