package dev.whitewater.raft.message;

import java.util.Arrays;

/**
 * One log entry. The array is handed over with the entry: whoever builds an entry never touches the
 * array again, so that entries can be shared by reference inside one member.
 */
public record Entry(EntryId id, EntryKind kind, byte[] data) {

    private static final byte[] EMPTY = {};

    public static Entry noop(EntryId id) {
        return new Entry(id, EntryKind.NOOP, EMPTY);
    }

    public static Entry command(EntryId id, byte[] data) {
        return new Entry(id, EntryKind.COMMAND, data);
    }

    public long term() {
        return id.term();
    }

    public long index() {
        return id.index();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that
                && id.equals(that.id)
                && kind == that.kind
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return id
                + (kind == EntryKind.COMMAND ? "" : " " + kind)
                + (data.length == 0 ? "" : " " + data.length + "B");
    }
}
