package dev.whitewater.node.snapshot;

import dev.whitewater.node.codec.ByteReader;
import dev.whitewater.node.codec.ByteWriter;
import dev.whitewater.node.codec.Malformed;
import dev.whitewater.node.port.Checksum;
import dev.whitewater.raft.message.Configuration;
import dev.whitewater.raft.message.EntryId;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.raft.message.SnapshotMeta;

/**
 * The names of snapshot files, and their first part: whose it is and what the core must know of it.
 * The rest is a checkpoint of the store, which has a sum of its own. The layout is in {@code
 * docs/formats/snapshot.md}.
 */
final class SnapshotFile {

    static final int VERSION = 2;

    private static final int MAGIC = 0x4E535757; // "WWSN"
    private static final int SUMMED_FROM = 8;
    private static final int SECTOR = 512;
    private static final int LENGTH_AT = 12;

    /** More members than that nobody has; it bounds what is read of a file that isn't ours. */
    private static final int MOST_BYTES = 1 << 20;

    private static final String PREFIX = "snap-";
    private static final String RECEIVED_PREFIX = "recv-";
    private static final String UNFINISHED = ".part";
    private static final int DIGITS = 16;

    private final long clusterId;
    private final NodeId member;
    private final Checksum checksum;

    SnapshotFile(long clusterId, NodeId member, Checksum checksum) {
        this.clusterId = clusterId;
        this.member = member;
        this.checksum = checksum;
    }

    /** What the first part of a file says, and how long it is. */
    record Head(SnapshotMeta meta, int bytes) {}

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

    /** The first part of a file, whole sectors. */
    byte[] head(SnapshotMeta meta) {
        ByteWriter out = new ByteWriter(SECTOR);
        out.int32(MAGIC);
        out.int32(0);
        out.int32(VERSION);
        out.int32(0);
        out.int64(clusterId);
        out.int64(member.value());
        out.varint(meta.last().term());
        out.varint(meta.last().index());
        out.sized(meta.configuration().encode());
        int length = (out.length() + SECTOR - 1) / SECTOR * SECTOR;
        out.putInt32(LENGTH_AT, length);
        out.bytes(new byte[length - out.length()]);
        out.putInt32(4, checksum.of(out.array(), SUMMED_FROM, length - SUMMED_FROM));
        return out.toByteArray();
    }

    /** Throws {@link Malformed} if a file does not begin with the first part of one of ours. */
    Head head(FileImage image) {
        byte[] fixed = new byte[(int) Math.min(LENGTH_AT + Integer.BYTES, image.length())];
        image.read(0, fixed, 0, fixed.length);
        ByteReader in = new ByteReader(fixed, 0, fixed.length);
        if (in.int32() != MAGIC) {
            throw new Malformed("is no snapshot");
        }
        int sum = in.int32();
        int version = in.int32();
        int length = in.int32();
        if (length < SECTOR || length > Math.min(image.length(), MOST_BYTES)) {
            throw new Malformed("has a first part of " + length + " bytes");
        }
        byte[] head = new byte[length];
        image.read(0, head, 0, length);
        if (sum != checksum.of(head, SUMMED_FROM, length - SUMMED_FROM)) {
            throw new Malformed("has a wrong checksum");
        }
        if (version != VERSION) {
            throw new Malformed("has format " + version + ", this program reads " + VERSION);
        }
        return new Head(meta(new ByteReader(head, fixed.length, length)), length);
    }

    private SnapshotMeta meta(ByteReader in) {
        if (in.int64() != clusterId || in.int64() != member.value()) {
            throw new Malformed("belongs to another member");
        }
        EntryId last = new EntryId(in.varint(), in.varint());
        return new SnapshotMeta(last, configuration(in.sized()));
    }

    private static Configuration configuration(byte[] bytes) {
        try {
            return Configuration.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new Malformed("has no readable configuration: " + e.getMessage());
        }
    }
}
