package dev.whitewater.store;

/** Fills a new store with what {@link SnapshotWriter} wrote, in slices. */
final class SnapshotReader {
    private final RequestReader in;
    private final StateTarget target;
    private boolean headRead;
    private long remaining;

    SnapshotReader(RequestReader in, Store store) {
        this.in = in;
        this.target = new StateTarget(store);
    }

    /** Reads about {@code bytesMost} bytes more; true if something remains to be done. */
    boolean read(int bytesMost) {
        long enough = in.position() + bytesMost;
        if (!headRead) {
            headRead = true;
            target.head(in);
            remaining = in.count("versions");
        }
        while (remaining > 0) {
            if (in.position() >= enough) {
                return true;
            }
            version();
            remaining--;
        }
        if (target.settle()) {
            return true;
        }
        target.filled(in.number("hash"));
        in.end();
        return false;
    }

    private void version() {
        long main = in.number("mod revision");
        long sub = in.number("sub-revision");
        long version = in.number("version");
        Bytes key = in.bytes("key");
        if (version == 0) {
            target.version(KeyValue.tombstone(key, main), sub);
            return;
        }
        long create = in.number("create revision");
        long lease = in.number("lease");
        target.version(new KeyValue(key, in.bytes("value"), create, main, version, lease), sub);
    }
}
