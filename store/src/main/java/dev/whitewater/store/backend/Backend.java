package dev.whitewater.store.backend;

import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyValue;

/**
 * Where versions live: an ordered log of all writes that compaction hasn't removed, by revision
 * (what etcd keeps in its bucket {@code key}). All writes of a command share its revision, {@code
 * main}, and are told apart by {@code sub}, which counts from 0 in the order they were made. Which
 * key has which versions is the index's business; it is rebuilt from here.
 *
 * <p>One owner, no threads. A backend need not survive a crash: what is durable is the log of the
 * member and its checkpoints.
 */
public interface Backend {

    /** Adds what was written at revision {@code kv.modRevision()}; revisions only rise. */
    void append(KeyValue kv, int sub);

    /**
     * What was written at exactly this revision, which must be there.
     *
     * @param key the key it was written to, which the answer shares
     */
    KeyValue read(long main, int sub, Bytes key);

    /** Forgets one version, if it is there. */
    void remove(long main, int sub);

    /**
     * Hands all versions from (fromMain, fromSub) to the last of revision {@code toMain} to {@code
     * visitor}, ascending, until it says that it has enough. Nothing is added or removed meanwhile.
     */
    void scan(long fromMain, int fromSub, long toMain, Visitor visitor);

    /** How many versions there are. */
    long count();

    /** About how much room they take, in bytes: the same for the same versions. */
    long bytes();

    /**
     * Gives back what removed versions still take, as far as that can be done (etcd's defrag):
     * looks at about {@code versionsMost} versions and goes on from there the next time; true if
     * more remain. Versions may be added, removed and read in between.
     */
    boolean defragment(int versionsMost);

    /** Whoever is shown versions one after the other. */
    @FunctionalInterface
    interface Visitor {

        /** Looks at the next version; true asks for the one after it. */
        boolean visit(StoredVersion version);
    }
}
