package dev.whitewater.store;

/**
 * A key at one moment of its life (etcd's {@code mvccpb.KeyValue}).
 *
 * @param createRevision the revision that made the key, since it was last deleted
 * @param modRevision the revision that wrote this value
 * @param version how many writes since then, 1 for the first
 * @param lease the lease the key dies with, 0 for none
 */
public record KeyValue(
        Bytes key, Bytes value, long createRevision, long modRevision, long version, long lease) {

    /** The mark that {@code modRevision} deleted the key. */
    public static KeyValue tombstone(Bytes key, long modRevision) {
        return new KeyValue(key, Bytes.EMPTY, 0, modRevision, 0, 0);
    }

    public boolean isTombstone() {
        return version == 0;
    }

    public KeyValue withoutValue() {
        return value.isEmpty()
                ? this
                : new KeyValue(key, Bytes.EMPTY, createRevision, modRevision, version, lease);
    }

    /** The same with an equal key, so that equal keys can share their bytes. */
    public KeyValue withKey(Bytes equalKey) {
        return new KeyValue(equalKey, value, createRevision, modRevision, version, lease);
    }

    /** 64 bits over all fields, the same on every member. */
    public long hash64() {
        long hash = StateHash.fold(key.hash64(), value.hash64());
        hash = StateHash.fold(hash, createRevision);
        hash = StateHash.fold(hash, modRevision);
        hash = StateHash.fold(hash, version);
        return StateHash.fold(hash, lease);
    }

    @Override
    public String toString() {
        return isTombstone()
                ? key + " deleted@" + modRevision
                : key
                        + "="
                        + value
                        + "@"
                        + modRevision
                        + " v"
                        + version
                        + " c"
                        + createRevision
                        + (lease == 0 ? "" : " lease " + Long.toHexString(lease));
    }
}
