package dev.whitewater.store;

import dev.whitewater.store.kv.Mvcc;

/** A new store that is filled, in slices, with what a {@link StateSource} showed. */
public final class StateTarget {
    private static final int SETTLE_AT_ONCE = 1000;

    private final Store store;
    private long lastMain;
    private long lastSub = -1;

    /** Fills {@code store}, which is new. */
    public StateTarget(Store store) {
        this.store = store;
    }

    /**
     * Takes all but the versions.
     *
     * @throws MalformedSnapshot if it isn't that
     */
    public void head(byte[] head) {
        RequestReader in = new RequestReader(head, MalformedSnapshot::new);
        head(in);
        in.end();
    }

    void head(RequestReader in) {
        SnapshotHead.read(in, store);
    }

    /**
     * Takes the next version.
     *
     * @throws MalformedSnapshot if it can't come here
     */
    public void version(KeyValue kv, long sub) {
        Mvcc mvcc = store.mvcc();
        long main = kv.modRevision();
        boolean rises = main == lastMain ? sub > lastSub : main > lastMain && sub >= 0;
        if (!rises || main > mvcc.revision() || sub > Integer.MAX_VALUE) {
            throw wrong(
                    "revision",
                    "one after " + lastMain + "/" + lastSub + " up to " + mvcc.revision(),
                    main + "/" + sub);
        }
        boolean sane = kv.isTombstone() || (kv.createRevision() > 0 && kv.version() > 0);
        if (!sane || kv.createRevision() > main) {
            throw wrong("create revision", "1 to " + main, Long.toString(kv.createRevision()));
        }
        lastMain = main;
        lastSub = sub;
        store.load(kv, (int) sub);
    }

    /** Does a bounded piece of what is to be done after the last version; true if more remains. */
    public boolean settle() {
        return store.mvcc().settle(SETTLE_AT_ONCE);
    }

    /**
     * The store, if it is in the state that was shown.
     *
     * @throws MalformedSnapshot if it isn't
     */
    public Store filled(long hash) {
        if (hash != store.hash()) {
            throw wrong("hash", Long.toHexString(hash), Long.toHexString(store.hash()));
        }
        return store;
    }

    private static MalformedSnapshot wrong(String field, String expected, String got) {
        return new MalformedSnapshot(field + ": expected " + expected + ", got " + got);
    }
}
