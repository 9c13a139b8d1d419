package dev.whitewater.store;

import dev.whitewater.store.backend.StoredVersion;
import dev.whitewater.store.kv.Mvcc;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads on for one watch: whole revisions until there is enough, or, for a watch that allows
 * fragments, a part of one.
 */
final class WatchReader {
    private final Mvcc mvcc;
    private final WatchLimits limits;
    private final Watches.Watch watch;
    private final List<WatchEvent> events = new ArrayList<>();
    private long bytes;
    private int scanned;

    /** The revision being read, and how many of its events went by, told or to be told. */
    private long main;

    private int ofMain;
    private boolean fragment;
    private boolean full;

    WatchReader(Mvcc mvcc, WatchLimits limits, Watches.Watch watch) {
        this.mvcc = mvcc;
        this.limits = limits;
        this.watch = watch;
        this.main = watch.next;
    }

    /** The next answers, none if no event up to {@code head} concerns the watch. */
    List<WatchResponse> read(long head) {
        mvcc.backend().scan(watch.next, 0, head, this::take);
        if (fragment) {
            watch.next = main;
            watch.toldOfNext = ofMain;
        } else {
            watch.next = full ? main + 1 : head + 1;
            watch.toldOfNext = 0;
        }
        return events.isEmpty()
                ? List.of()
                : List.of(
                        new WatchResponse.Events(
                                watch.id,
                                fragment ? main : watch.next - 1,
                                List.copyOf(events),
                                fragment));
    }

    private boolean take(StoredVersion version) {
        if (version.main() != main) {
            if (isEnough()) {
                full = true;
                return false;
            }
            main = version.main();
            ofMain = 0;
        }
        scanned++;
        if (!watch.request.wants(version.isTombstone())
                || !watch.request.keys().contains(version.key())) {
            return true;
        }
        boolean toldBefore = main == watch.next && ofMain < watch.toldOfNext;
        if (!toldBefore) {
            if (watch.request.options().fragment() && bytes >= limits.bytesMost()) {
                fragment = true;
                return false;
            }
            add(version.kv());
        }
        ofMain++;
        return true;
    }

    private boolean isEnough() {
        return events.size() >= limits.eventsMost()
                || bytes >= limits.bytesMost()
                || scanned >= limits.scanMost();
    }

    private void add(KeyValue kv) {
        boolean readable = kv.modRevision() - 1 >= mvcc.compactRevision();
        List<KeyValue> previous =
                watch.request.options().previous() && readable
                        ? mvcc.get(kv.key(), kv.modRevision() - 1).stream().toList()
                        : List.of();
        events.add(new WatchEvent(kv, previous));
        bytes += (long) kv.key().length() + kv.value().length();
    }
}
