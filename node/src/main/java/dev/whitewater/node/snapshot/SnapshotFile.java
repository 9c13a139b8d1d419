package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

/** A snapshot as the bytes of a file; the layout is in {@code docs/formats/snapshot.md}. */
final class SnapshotFile {

    static final int VERSION = 1;

    private static final int MAGIC = 0x4E535757; // "WWSN"
    private static final int SUMMED_FROM = 8;
    private static final String PREFIX = "snap-";
    private static final String RECEIVED_PREFIX = "recv-";
    private static final String UNFINISHED = ".part";
    private static final int DIGITS = 16;

    private final long clusterId;
    private final NodeId member;

    SnapshotFile(long clusterId, NodeId member) {
        this.clusterId = clusterId;
        this.member = member;
    }

    static String name(long index) {
        return PREFIX + digits(index);
    }

    /** The name of a snapshot from a leader, until the log says that it counts. */
    static String receivedName(long index) {
        return RECEIVED_PREFIX + digits(index);
    }

    private static String digits(long index) {
        String digits = Long.toString(index);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    static String unfinishedName(long index) {
        return name(index) + UNFINISHED;
    }

    static boolean isFinished(String name) {
        return indexOf(name) > 0;
    }

    /** The index in a finished snapshot's name; -1 for the name of another file. */
    static long indexOf(String name) {
        if (name.length() != PREFIX.length() + DIGITS || !name.startsWith(PREFIX)) {
            return -1;
        }
        long index = 0;
        for (int i = PREFIX.length(); i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            index = 10 * index + digit;
        }
        return index;
    }

    static boolean isReceived(String name) {
        return name.startsWith(RECEIVED_PREFIX);
    }

    static boolean isUnfinished(String name) {
        return name.startsWith(PREFIX) && name.endsWith(UNFINISHED);
    }

    byte[] encode(Snapshot snapshot) {
        ByteWriter out = new ByteWriter(128 + snapshot.state().length);
        out.int32(MAGIC);
        out.int32(0);
        out.int32(VERSION);
        out.int64(clusterId);
        out.int64(member.value());
        out.varint(snapshot.meta().last().term());
        out.varint(snapshot.meta().last().index());
        out.sized(snapshot.meta().configuration().encode());
        out.sized(snapshot.state());
        out.putInt32(4, Crc32c.of(out.array(), SUMMED_FROM, out.length() - SUMMED_FROM));
        return out.toByteArray();
    }

    /** Throws {@link Malformed} for anything but the whole file that {@link #encode} made. */
    Snapshot decode(byte[] file) {
        ByteReader in = new ByteReader(file, 0, file.length);
        if (in.int32() != MAGIC) {
            throw new Malformed("is no snapshot");
        }
        if (in.int32() != Crc32c.of(file, SUMMED_FROM, file.length - SUMMED_FROM)) {
            throw new Malformed("has a wrong checksum");
        }
        int version = in.int32();
        if (version != VERSION) {
            throw new Malformed("has format " + version + ", this program reads " + VERSION);
        }
        if (in.int64() != clusterId || in.int64() != member.value()) {
            throw new Malformed("belongs to another member");
        }
        EntryId last = new EntryId(in.varint(), in.varint());
        Configuration configuration = configuration(in.sized());
        byte[] state = in.sized();
        in.end();
        return new Snapshot(new SnapshotMeta(last, configuration), state);
    }

    private static Configuration configuration(byte[] bytes) {
        try {
            return Configuration.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new Malformed("has no readable configuration: " + e.getMessage());
        }
    }
}
