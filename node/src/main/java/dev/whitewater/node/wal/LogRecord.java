package dev.whitewater.node.wal;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.EntryCodes;
import dev.whitewater.raft.Check;
import dev.whitewater.raft.HardState;
import dev.whitewater.raft.message.Entry;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * The body of a record: which life of the process wrote it, the hard state from now on, and entries
 * of which the first replaces whatever the log holds from its index on.
 *
 * @param reset if it names an entry, a snapshot that ends there has replaced the whole log, and the
 *     entries follow it; nothing is ever removed in any other way
 */
record LogRecord(long life, HardState hardState, EntryId reset, List<Entry> entries) {

    boolean isReset() {
        return reset.index() > 0;
    }

    /** The type that stands in the header. */
    int type() {
        return isReset() ? RecordHeader.TYPE_RESET : RecordHeader.TYPE_LOG;
    }

    void writeTo(ByteWriter out) {
        out.varint(life);
        out.varint(hardState.term());
        out.varint(hardState.votedFor().value());
        out.varint(hardState.commit());
        if (isReset()) {
            out.varint(reset.term());
            out.varint(reset.index());
        }
        out.varint(entries.size());
        if (entries.isEmpty()) {
            return;
        }
        long index = entries.getFirst().index();
        out.varint(index);
        for (Entry entry : entries) {
            Check.equal("persisted-entries-contiguous", index, entry.index());
            index++;
            out.varint(entry.term());
            out.int8(EntryCodes.code(entry.kind()));
            out.sized(entry.data());
        }
    }

    /** Reads what {@link #writeTo} wrote, up to the end of {@code in}. */
    static LogRecord read(int type, ByteReader in) {
        long life = in.varint();
        HardState hardState = new HardState(in.varint(), new NodeId(in.varint()), in.varint());
        EntryId reset =
                type == RecordHeader.TYPE_RESET
                        ? new EntryId(in.varint(), in.varint())
                        : EntryId.ZERO;
        int count = in.count();
        List<Entry> entries = new ArrayList<>(count);
        long index = count == 0 ? 0 : in.varint();
        for (int i = 0; i < count; i++) {
            EntryId id = new EntryId(in.varint(), index + i);
            entries.add(new Entry(id, EntryCodes.kind(in.int8()), in.sized()));
        }
        in.end();
        return new LogRecord(life, hardState, reset, entries);
    }
}
