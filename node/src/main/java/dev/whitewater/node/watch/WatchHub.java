package dev.whitewater.node.watch;

import dev.whitewater.node.ServiceLimits;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.store.ErrorCode;
import dev.whitewater.store.Store;
import dev.whitewater.store.WatchLimits;
import dev.whitewater.store.WatchRequest;
import dev.whitewater.store.WatchResponse;
import dev.whitewater.store.Watches;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The watch streams of one member (etcd's {@code Watch} service). Each stream carries many watches
 * under names of its own.
 *
 * <p>Nothing waits in memory for a slow client: a stream is told news only while it has room, which
 * the host gives back as the client reads; until then its watches stay where they are in the
 * store's history.
 */
public final class WatchHub {

    /** Answers in one event; the rest waits for the next, so that nobody else waits. */
    private static final int ANSWERS_PER_TURN = 128;

    /** etcd's texts, from its package {@code mvcc}. */
    static final String DUPLICATE = "mvcc: duplicate watch ID provided on the WatchStream";

    static final String EMPTY_RANGE = "mvcc: watcher range is empty";

    private final ClientReplies replies;
    private final Watches watches;
    private final TreeMap<Long, Stream> streams = new TreeMap<>();

    /** By the number under which the store knows it. */
    private final TreeMap<Long, Watcher> watchers = new TreeMap<>();

    private final TreeSet<Long> askedProgress = new TreeSet<>();
    private Store store;
    private long lastNumber;
    private long lookedAt;
    private final long progressNanos;
    private final int room;
    private long nextProgress;
    private boolean mayTell;

    /** Which users, roles and permissions all watches were last looked at by. */
    private long lastAccess;

    /** One client's stream. */
    private static final class Stream {
        private final long id;
        private final TreeMap<Long, Watcher> byName = new TreeMap<>();
        private long nextName = WatchOrder.ANY;
        private int room;

        Stream(long id, int room) {
            this.id = id;
            this.room = room;
        }

        long freeName() {
            while (byName.containsKey(nextName)) {
                nextName++;
            }
            return nextName++;
        }
    }

    private record Watcher(Stream stream, long number, WatchOrder.Create order, long name) {}

    public WatchHub(Store store, ClientReplies replies, ServiceLimits limits) {
        this.store = store;
        this.replies = replies;
        WatchLimits usual = WatchLimits.DEFAULT;
        watches =
                store.watches(
                        new WatchLimits(
                                usual.eventsMost(), limits.watchAnswerBytes(), usual.scanMost()));
        progressNanos = limits.watchProgressNanos();
        room = limits.watchRoom();
        nextProgress = progressNanos;
        lookedAt = store.revision();
    }

    public int streams() {
        return streams.size();
    }

    public int watchers() {
        return watchers.size();
    }

    /** Goes on over another store, after a snapshot took the place of entries. */
    public void moveTo(Store other) {
        store = other;
        watches.moveTo(other);
        mayTell = true;
    }

    public void handle(long streamId, WatchOrder order) {
        Stream stream = streams.computeIfAbsent(streamId, id -> new Stream(id, room));
        switch (order) {
            case WatchOrder.Create create -> create(stream, create);
            case WatchOrder.Cancel cancel -> cancel(stream, cancel.watch());
            case WatchOrder.AskProgress _ -> askedProgress.add(streamId);
            case WatchOrder.Room read -> stream.room += read.more();
            case WatchOrder.Close _ -> close(stream);
        }
        mayTell = true;
    }

    private void create(Stream stream, WatchOrder.Create create) {
        WatchRequest request = create.request();
        if (isEmpty(request)) {
            tell(stream, new WatchNews.Refused(WatchNews.NO_WATCH, EMPTY_RANGE));
            return;
        }
        if (create.watch() != WatchOrder.ANY && stream.byName.containsKey(create.watch())) {
            tell(stream, new WatchNews.Refused(WatchNews.NO_WATCH, DUPLICATE));
            return;
        }
        Optional<ErrorCode> denial = store.readRefusal(create.caller(), request.keys());
        if (denial.isPresent()) {
            tell(stream, new WatchNews.Denied(WatchNews.NO_WATCH, denial.get().text()));
            return;
        }
        long name = create.watch() == WatchOrder.ANY ? stream.freeName() : create.watch();
        Watcher watcher = new Watcher(stream, ++lastNumber, create, name);
        watchers.put(watcher.number(), watcher);
        stream.byName.put(name, watcher);
        watches.begin(watcher.number(), request);
        tell(stream, new WatchNews.Created(name));
    }

    private static boolean isEmpty(WatchRequest request) {
        return !request.keys().isSingle()
                && !request.keys().isOpenEnded()
                && request.keys().start().compareTo(request.keys().end()) >= 0;
    }

    private void cancel(Stream stream, long name) {
        Watcher watcher = stream.byName.get(name);
        if (watcher != null) {
            watches.end(watcher.number());
            forget(watcher);
            tell(stream, new WatchNews.Cancelled(name));
        }
    }

    private void forget(Watcher watcher) {
        watchers.remove(watcher.number());
        watcher.stream().byName.remove(watcher.name());
    }

    private void close(Stream stream) {
        for (Watcher watcher : stream.byName.values()) {
            watches.end(watcher.number());
            watchers.remove(watcher.number());
        }
        streams.remove(stream.id);
        askedProgress.remove(stream.id);
    }

    /** Tells whoever has room what there is to tell, up to a bound; {@code now} is time passed. */
    public void settle(long now) {
        endForbidden();
        watches.advance();
        if (now >= nextProgress) {
            nextProgress = now + progressNanos;
            for (Watcher watcher : watchers.values()) {
                if (watcher.order().tellsProgress()) {
                    watches.requestProgress(watcher.number());
                    mayTell = true;
                }
            }
        }
        mayTell |= store.revision() > lookedAt;
        if (!mayTell) {
            return;
        }
        lookedAt = store.revision();
        mayTell = tellReady();
        tellStreams();
    }

    /** After a change of users, roles or permissions: who may not read any more isn't told more. */
    private void endForbidden() {
        long access = store.authRevision() << 1 | (store.isAuthEnabled() ? 1 : 0);
        if (access == lastAccess) {
            return;
        }
        lastAccess = access;
        for (Watcher watcher : List.copyOf(watchers.values())) {
            WatchOrder.Create order = watcher.order();
            store.watchRefusal(order.caller(), order.request().keys())
                    .ifPresent(
                            denial -> {
                                watches.end(watcher.number());
                                forget(watcher);
                                tell(
                                        watcher.stream(),
                                        new WatchNews.Denied(watcher.name(), denial.text()));
                            });
        }
    }

    /** Whether some that could be told more are left for the next turn. */
    private boolean tellReady() {
        int left = ANSWERS_PER_TURN;
        while (left > 0 && watches.anyReady(this::hasRoom)) {
            for (long number : watches.ready()) {
                Watcher watcher = watchers.get(number);
                if (watcher.stream().room > 0 && left > 0) {
                    left--;
                    for (WatchResponse response : watches.poll(number)) {
                        answer(watcher, response);
                    }
                }
            }
        }
        return left == 0 && watches.hasReady();
    }

    private boolean hasRoom(long number) {
        return watchers.get(number).stream().room > 0;
    }

    private void answer(Watcher watcher, WatchResponse response) {
        long name = watcher.name();
        switch (response) {
            case WatchResponse.Events events ->
                    tell(
                            watcher.stream(),
                            new WatchNews.Events(name, events.events(), events.fragment()));
            case WatchResponse.Progress progress ->
                    tell(watcher.stream(), new WatchNews.Progress(name, progress.revision()));
            case WatchResponse.Compacted compacted -> {
                forget(watcher);
                tell(watcher.stream(), new WatchNews.Compacted(name, compacted.compactRevision()));
            }
        }
    }

    /** A stream has come as far as the store when none of its watches has anything to tell. */
    private void tellStreams() {
        if (askedProgress.isEmpty()) {
            return;
        }
        TreeSet<Long> behind = new TreeSet<>();
        for (long number : watches.ready()) {
            behind.add(watchers.get(number).stream().id);
        }
        List<Long> done = new ArrayList<>(askedProgress);
        done.removeAll(behind);
        askedProgress.removeAll(done);
        for (long id : done) {
            tell(streams.get(id), new WatchNews.Progress(WatchNews.NO_WATCH, store.revision()));
        }
    }

    private void tell(Stream stream, WatchNews news) {
        stream.room--;
        replies.watch(stream.id, news);
    }

    /**
     * When, in time passed, there is something to tell; {@code Long.MAX_VALUE} for not by itself.
     */
    public long nextDeadline(long now) {
        if (mayTell) {
            return now;
        }
        return watchers.isEmpty() ? Long.MAX_VALUE : nextProgress;
    }
}
