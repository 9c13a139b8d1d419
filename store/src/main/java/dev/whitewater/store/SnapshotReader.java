package dev.whitewater.store;

import dev.whitewater.store.kv.Mvcc;

/** Fills a new store with what {@link SnapshotWriter} wrote, in slices. */
final class SnapshotReader {
    private static final int SETTLE_AT_ONCE = 1000;

    private final RequestReader in;
    private final Store store;
    private boolean headRead;
    private long remaining;
    private long lastMain;
    private long lastSub = -1;

    SnapshotReader(RequestReader in, Store store) {
        this.in = in;
        this.store = store;
    }

    /** Reads about {@code bytesMost} bytes more; true if something remains to be done. */
    boolean read(int bytesMost) {
        long enough = in.position() + bytesMost;
        if (!headRead) {
            headRead = true;
            SnapshotHead.read(in, store);
            remaining = in.count("versions");
        }
        while (remaining > 0) {
            if (in.position() >= enough) {
                return true;
            }
            version();
            remaining--;
        }
        if (store.mvcc().settle(SETTLE_AT_ONCE)) {
            return true;
        }
        long hash = in.number("hash");
        in.end();
        if (hash != store.hash()) {
            throw in.malformed("hash", Long.toHexString(hash), Long.toHexString(store.hash()));
        }
        return false;
    }

    private void version() {
        Mvcc mvcc = store.mvcc();
        long main = in.number("mod revision");
        long sub = in.number("sub-revision");
        boolean rises = main == lastMain ? sub > lastSub : main > lastMain && sub >= 0;
        if (!rises || main > mvcc.revision() || sub > Integer.MAX_VALUE) {
            throw in.malformed(
                    "mod revision",
                    "after " + lastMain + "/" + lastSub + " up to " + mvcc.revision(),
                    main + "/" + sub);
        }
        lastMain = main;
        lastSub = sub;
        store.load(keyValue(main), (int) sub);
    }

    private KeyValue keyValue(long main) {
        long version = in.number("version");
        Bytes key = in.bytes("key");
        if (version == 0) {
            return KeyValue.tombstone(key, main);
        }
        long create = in.number("create revision");
        if (create <= 0 || create > main || version < 0) {
            throw in.malformed("create revision", "1 to " + main, Long.toString(create));
        }
        long lease = in.number("lease");
        return new KeyValue(key, in.bytes("value"), create, main, version, lease);
    }
}
