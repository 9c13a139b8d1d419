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
 * of which the first replaces whatever the log holds from its index on. Nothing is ever removed in
 * any other way.
 */
record LogRecord(long life, HardState hardState, List<Entry> entries) {

    static void write(ByteWriter out, long life, HardState hardState, List<Entry> entries) {
        out.varint(life);
        out.varint(hardState.term());
        out.varint(hardState.votedFor().value());
        out.varint(hardState.commit());
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

    static LogRecord read(byte[] body) {
        ByteReader in = new ByteReader(body, 0, body.length);
        long life = in.varint();
        HardState hardState = new HardState(in.varint(), new NodeId(in.varint()), in.varint());
        int count = in.count();
        List<Entry> entries = new ArrayList<>(count);
        long index = count == 0 ? 0 : in.varint();
        for (int i = 0; i < count; i++) {
            EntryId id = new EntryId(in.varint(), index + i);
            entries.add(new Entry(id, EntryCodes.kind(in.int8()), in.sized()));
        }
        in.end();
        return new LogRecord(life, hardState, entries);
    }
}
