package dev.whitewater.store.backend;

import dev.whitewater.store.KeyValue;

/**
 * Where versions live: an ordered log of all writes that compaction hasn't removed, by revision
 * (what etcd keeps in its bucket {@code key}). Which key has which versions is the index's
 * business; it is rebuilt from here.
 *
 * <p>One owner, no threads. A backend need not survive a crash: what is durable is the log of the
 * member and its checkpoints.
 */
public interface Backend {

    /** Adds a version; revisions only rise. */
    void append(Version version);

    /** What was written at exactly this revision, which must be there. */
    KeyValue read(long main, int sub);

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

    /** Whoever is shown versions one after the other. */
    @FunctionalInterface
    interface Visitor {

        /** Looks at the next version; true asks for the one after it. */
        boolean visit(Version version);
    }
}
