package dev.whitewater.store;

import dev.whitewater.store.backend.StoredVersion;
import dev.whitewater.store.kv.Mvcc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * The watches of one member. Nothing is buffered: a watch is the first revision it hasn't told of,
 * and events are read from the store's history when the host has room for them. A slow consumer
 * costs no memory; it can only fall behind the compaction, and is told so.
 *
 * <p>Not part of the replicated state. Invariants: a watch that isn't behind has been told of all
 * there is (so what it asks for next is the revision after the store's, or its start if that is
 * later); only watches that are behind are ready.
 */
public final class Watches {
    private final NavigableMap<Long, Watch> watches = new TreeMap<>();
    private final WatchTable idle = new WatchTable();

    /** Watches that have something to tell, the longest waiting first. */
    private final SequencedSet<Long> ready = new LinkedHashSet<>();

    /** Watches that want to be told their progress but whose start is still to come. */
    private final NavigableSet<Long> early = new TreeSet<>();

    private final WatchLimits limits;
    private Mvcc mvcc;

    /** All revisions up to here have been looked at for watches that weren't behind. */
    private long seen;

    Watches(Mvcc mvcc, WatchLimits limits) {
        this.mvcc = mvcc;
        this.limits = limits;
        this.seen = mvcc.revision();
    }

    /** Begins a watch under an id that the host chose and that is free. */
    public void begin(long id, WatchRequest request) {
        advance();
        long next = request.startRevision() <= 0 ? seen + 1 : request.startRevision();
        Watch watch = new Watch(id, request, next);
        if (watches.putIfAbsent(id, watch) != null) {
            throw new BrokenInvariant("watch-id-is-free", Long.toString(id));
        }
        settle(watch);
    }

    /** Ends a watch, if there is one. */
    public void end(long id) {
        Watch watch = watches.remove(id);
        if (watch != null) {
            idle.remove(watch);
            ready.remove(id);
            early.remove(id);
        }
    }

    /** Finds out whom the newest revisions concern; to be called after entries were applied. */
    public void advance() {
        long head = mvcc.revision();
        if (head > seen) {
            wakeOvertaken();
            if (!idle.isEmpty()) {
                mvcc.backend().scan(seen + 1, 0, head, this::match);
            }
            seen = head;
            for (long id : List.copyOf(early)) {
                offerProgress(watches.get(id));
            }
        }
    }

    /**
     * A compaction may have come past what was looked at, and what it removed can't be looked at
     * any more: whoever still waited for a revision below it must hear of the compaction.
     *
     * <ol>
     *   <li>The watch waits for revision 3, nothing was looked at since 2.
     *   <li>Revisions 3 to 8 are applied, 3 and 8 to its key; a compaction at 8 removes 3.
     *   <li>A look at 3 to 8 finds 8 alone: told as it is, revision 3 would be lost silently.
     * </ol>
     */
    private void wakeOvertaken() {
        long compacted = mvcc.compactRevision();
        if (compacted <= seen + 1) {
            return;
        }
        for (Watch watch : watches.values()) {
            long next = Math.max(watch.next, seen + 1);
            if (!watch.behind && next < compacted) {
                watch.next = next;
                watch.behind = true;
                idle.remove(watch);
                early.remove(watch.id);
                ready.add(watch.id);
            }
        }
    }

    /**
     * A promise to tell how far the watch has come as soon as it has been told of everything, even
     * if nothing happens.
     */
    public void requestProgress(long id) {
        Watch watch = watches.get(id);
        if (watch != null) {
            watch.wantsProgress = true;
            offerProgress(watch);
        }
    }

    /** The watches that have something to tell, the longest waiting first. */
    public List<Long> ready() {
        return List.copyOf(ready);
    }

    /** Whether there is one of the kind among them; asked more often than they can be told. */
    public boolean anyReady(LongPredicate kind) {
        for (long id : ready) {
            if (kind.test(id)) {
                return true;
            }
        }
        return false;
    }

    public boolean hasReady() {
        return !ready.isEmpty();
    }

    /**
     * What a watch has to tell next, a bounded amount; empty if there is nothing. The host asks
     * when it can take the answer: what is handed out counts as told.
     */
    public List<WatchResponse> poll(long id) {
        Watch watch = watches.get(id);
        if (watch == null || !ready.remove(id)) {
            return List.of();
        }
        advance();
        List<WatchResponse> answers = List.of();
        if (watch.behind) {
            if (watch.next < mvcc.compactRevision()) {
                end(id);
                return List.of(new WatchResponse.Compacted(id, mvcc.compactRevision()));
            }
            answers = new WatchReader(mvcc, limits, watch).read(seen);
            settle(watch);
        }
        return !watch.behind && watch.wantsProgress && answers.isEmpty()
                ? progress(watch)
                : answers;
    }

    /**
     * Goes on over another store, after a snapshot took the place of the entries in between. Every
     * watch picks up where it was: at the first revision it wasn't told of, or at its start if that
     * is still to come (etcd issues 15271 and 20221).
     */
    public void moveTo(Store store) {
        for (Watch watch : watches.values()) {
            if (!watch.behind) {
                watch.next = Math.max(watch.next, seen + 1);
                idle.remove(watch);
            }
        }
        mvcc = store.mvcc();
        seen = mvcc.revision();
        ready.clear();
        early.clear();
        watches.values().forEach(this::settle);
    }

    private List<WatchResponse> progress(Watch watch) {
        watch.wantsProgress = false;
        return List.of(new WatchResponse.Progress(watch.id, seen));
    }

    /** Before its start a watch has nothing to vouch for, and the host nothing to ask it. */
    private void offerProgress(Watch watch) {
        if (watch.wantsProgress && !watch.behind) {
            if (watch.next > seen + 1) {
                early.add(watch.id);
            } else {
                early.remove(watch.id);
                ready.add(watch.id);
            }
        }
    }

    private boolean match(StoredVersion version) {
        long main = version.main();
        boolean isTombstone = version.isTombstone();
        for (Watch watch : idle.watching(version.key())) {
            if (watch.request.wants(isTombstone)) {
                wake(watch, main);
            }
        }
        return true;
    }

    private void wake(Watch watch, long main) {
        if (!watch.behind && main >= watch.next) {
            watch.next = main;
            watch.behind = true;
            idle.remove(watch);
            early.remove(watch.id);
            ready.add(watch.id);
        }
    }

    /** Puts a watch where its next revision says it belongs. */
    private void settle(Watch watch) {
        watch.behind = watch.next <= seen;
        if (watch.behind) {
            ready.add(watch.id);
        } else {
            idle.add(watch);
            offerProgress(watch);
        }
    }

    /** One watch. */
    static final class Watch {
        final long id;
        final WatchRequest request;

        /** While behind, the first revision not told of; else a lower bound of what concerns it. */
        long next;

        /** How many events of revision {@code next} were told already, in fragments. */
        int toldOfNext;

        boolean behind;
        boolean wantsProgress;

        Watch(long id, WatchRequest request, long next) {
            this.id = id;
            this.request = request;
            this.next = next;
        }
    }
}
