package dev.whitewater.sim.monitor;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

/**
 * One version of one key, with those before it; {@code version} 0 stands for a deletion. Values are
 * kept as hashes: the whole history stays in memory.
 */
final class Version {

    /** The key isn't there and never was. */
    static final Version NONE = new Version();

    final Bytes key;
    final long mod;
    final long create;
    final long version;
    final long lease;
    final long valueHash;

    /** The one before it, of the same key; {@link #NONE} at the beginning. */
    final Version previous;

    private Version() {
        key = Bytes.EMPTY;
        mod = 0;
        create = 0;
        version = 0;
        lease = 0;
        valueHash = 0;
        previous = this;
    }

    private Version(Version previous, Bytes key, long mod, long version, long lease, long hash) {
        this.key = key;
        this.mod = mod;
        this.version = version;
        this.create = version == 1 ? mod : version == 0 ? 0 : previous.create;
        this.lease = lease;
        this.valueHash = hash;
        this.previous = previous;
    }

    Version put(Bytes ofKey, long revision, long ofLease, long hash) {
        return new Version(this, isThere() ? key : ofKey, revision, version + 1, ofLease, hash);
    }

    Version deleted(long revision) {
        return new Version(this, key, revision, 0, 0, 0);
    }

    boolean isThere() {
        return version > 0;
    }

    /** Whether this is what a member says of the key. */
    boolean is(KeyValue told) {
        return told.key().equals(key)
                && told.modRevision() == mod
                && told.createRevision() == create
                && told.version() == version
                && told.lease() == lease
                && hash(told.value()) == valueHash;
    }

    /** The same, but nobody asked for the value. */
    boolean isBut(KeyValue told) {
        return told.key().equals(key)
                && told.modRevision() == mod
                && told.createRevision() == create
                && told.version() == version
                && told.lease() == lease
                && told.value().isEmpty();
    }

    /** Of a deletion the value is empty, and so are those of absent keys. */
    static long hash(Bytes value) {
        return value.isEmpty() ? 0 : value.hash64();
    }

    @Override
    public String toString() {
        if (this == NONE) {
            return "nothing";
        }
        return key
                + (isThere() ? " v" + version + " c" + create : " deleted")
                + "@"
                + mod
                + (lease == 0 ? "" : " lease " + lease);
    }
}
