package dev.whitewater.store;

import dev.whitewater.store.backend.StoredVersion;

/**
 * Writes the whole replicated state as bytes, in slices; numbers and bytes as in {@link
 * RequestCodec}.
 *
 * <pre>
 * snapshot = head number(n) n*version number(hash)
 * version  = number(mod) number(sub) number(version, 0: tombstone) bytes(key)
 *            [number(create) number(lease) bytes(value)]
 * </pre>
 *
 * Versions that wait for their removal may be among them; while this is being written none is
 * removed, and what is written later has higher revisions, so the slices together are the state at
 * one moment. What can be derived isn't stored but built again, the attachments of keys to leases
 * for one; the hash at the end, which covers the derived too, says whether the state that came out
 * is the one that went in. The head is {@link SnapshotHead}'s.
 */
final class SnapshotWriter {
    private final StateSource source;
    private boolean headWritten;
    private boolean done;

    SnapshotWriter(Store store) {
        source = new StateSource(store);
    }

    /** Appends about {@code bytesMost} bytes more to {@code out}; true if more remains. */
    boolean write(RequestWriter out, int bytesMost) {
        if (done) {
            return false;
        }
        int enough = out.length() + bytesMost;
        if (!headWritten) {
            headWritten = true;
            out.raw(source.headBytes());
            out.number(source.versions());
        }
        boolean more =
                source.next(
                        version -> {
                            write(out, version);
                            return out.length() < enough;
                        });
        if (!more) {
            out.number(source.hash());
            close();
        }
        return more;
    }

    /** Lets go of the store. */
    void close() {
        done = true;
        source.close();
    }

    private static void write(RequestWriter out, StoredVersion version) {
        KeyValue kv = version.kv();
        out.number(kv.modRevision());
        out.number(version.sub());
        out.number(kv.version());
        out.bytes(kv.key());
        if (!kv.isTombstone()) {
            out.number(kv.createRevision());
            out.number(kv.lease());
            out.bytes(kv.value());
        }
    }
}
