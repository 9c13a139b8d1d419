package dev.whitewater.sim.monitor;

import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.sim.Probe;
import dev.whitewater.sim.history.Detail;
import dev.whitewater.store.Caller;
import dev.whitewater.store.KeyValue;
import dev.whitewater.store.WatchEvent;
import dev.whitewater.store.WatchRequest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What etcd promises of watches (its "KV API guarantees"), judged when a member hands out news:
 *
 * <ul>
 *   <li>M22 ordered, M23 unique, M25 atomic: revisions never fall, no change is told twice, and no
 *       revision is torn apart unless the news says so;
 *   <li>M24 reliable, M26 resumable: what is told is what the committed log changed, from the start
 *       on, in the range, past the filters, all of it;
 *   <li>M27 bookmarkable: who is told of progress has been told of all before it;
 *   <li>M28: keys, values, previous values and revisions are right;
 *   <li>M29: nothing is told from before the start, and who needs what was compacted is told that.
 * </ul>
 */
public final class WatchPromises {

    private final Truth truth;
    private final Access access;
    private final Situations situations;
    private final WatchRecord record = new WatchRecord();
    private final TreeMap<Long, Stream> streams = new TreeMap<>();

    /** News handed out by an event whose entries the model has not come to. */
    private final ArrayDeque<Told> told = new ArrayDeque<>();

    /**
     * @param whole the event in which it was told came to its end
     */
    private record Told(MemberState member, long stream, WatchNews news, boolean whole) {}

    private static final class Stream {
        /** Watches asked for and not answered; orders are answered in their order. */
        private final ArrayDeque<Watch> asked = new ArrayDeque<>();

        private final TreeMap<Long, Watch> open = new TreeMap<>();
    }

    private static final class Watch {
        private final WatchRequest request;
        private final Caller caller;
        private final long start;

        /** The place of the first change that it may have to be told of next. */
        private int place;

        /** Under which it is recorded. */
        private long name;

        private boolean isTold;
        private long last;
        private boolean lastGoesOn;
        private long progress;

        Watch(WatchRequest request, Caller caller, long start) {
            this.request = request;
            this.caller = caller;
            this.start = start;
        }

        boolean wants(Version change) {
            WatchRequest.Options options = request.options();
            boolean filtered = change.isThere() ? options.noPut() : options.noDelete();
            return !filtered && change.mod >= start && request.keys().contains(change.key);
        }
    }

    WatchPromises(Truth truth, Access access, Situations situations) {
        this.truth = truth;
        this.access = access;
        this.situations = situations;
    }

    /** A member takes in the wish for a watch, while its store is at {@code revision}. */
    public void asked(long stream, WatchOrder.Create order, long revision) {
        WatchRequest request = order.request();
        long start = request.startRevision() <= 0 ? revision + 1 : request.startRevision();
        streams.computeIfAbsent(stream, _ -> new Stream())
                .asked
                .addLast(new Watch(request, order.caller(), start));
    }

    /** From now on keeps what is told. */
    public void record() {
        record.begin();
    }

    /** What was kept, as docs/formats/history.md has it, and what really happened. */
    public List<Detail.Fields> recorded() {
        return record.lines(truth);
    }

    /** A watch of each stream that is still open has been told of all there is. */
    public void converged() {
        for (Stream stream : streams.values()) {
            for (Watch watch : stream.open.values()) {
                record.reaches("quiet", watch.name, truth.revision());
            }
        }
    }

    /** A stream is gone; nothing more is said on it. */
    public void closed(long stream) {
        streams.remove(stream);
    }

    /** A member hands out news. */
    public void told(MemberState member, long stream, WatchNews news) {
        told.addLast(new Told(member, stream, news, true));
    }

    /** An event is cut short: by what its member had applied when it told this isn't known. */
    void ends() {
        for (int left = told.size(); left > 0; left--) {
            Told next = told.removeFirst();
            told.addLast(new Told(next.member(), next.stream(), next.news(), false));
        }
    }

    /** The model may have come further. */
    void after() {
        while (!told.isEmpty() && newest(told.getFirst().news()) <= truth.revision()) {
            Told next = told.removeFirst();
            Stream stream = streams.get(next.stream());
            if (stream != null) {
                judge(next, stream);
            }
        }
    }

    private static long newest(WatchNews news) {
        return switch (news) {
            case WatchNews.Events events ->
                    events.events().isEmpty() ? 0 : events.events().getLast().kv().modRevision();
            case WatchNews.Progress progress -> progress.revision();
            default -> 0;
        };
    }

    /** The changes that no watch of the stream was told of; empty if all were told of all. */
    public String missing(long stream) {
        Stream known = streams.get(stream);
        if (!told.isEmpty()) {
            return told.getFirst().news() + " is ahead of the log";
        }
        if (known == null) {
            return "";
        }
        if (!known.asked.isEmpty()) {
            return known.asked.getFirst().request + " was not answered";
        }
        for (Watch watch : known.open.values()) {
            Version next = next(watch);
            if (next != Version.NONE) {
                return watch.request + " was not told of " + next;
            }
        }
        return "";
    }

    /**
     * At most so many answers a stream has to give until its watches have come as far as the log:
     * they take turns, and each answer tells one change at least.
     */
    public long answersLeft(long stream) {
        Stream known = streams.get(stream);
        if (known == null) {
            return 0;
        }
        long most = 0;
        for (Watch watch : known.open.values()) {
            most = Math.max(most, (long) truth.place(Long.MAX_VALUE) - watch.place);
        }
        for (Watch watch : known.asked) {
            most = Math.max(most, changesSince(watch.start));
        }
        return most * (known.open.size() + known.asked.size());
    }

    /** How many changes the log has made from a revision on. */
    public long changesSince(long revision) {
        return (long) truth.place(Long.MAX_VALUE) - truth.place(revision);
    }

    private void judge(Told news, Stream stream) {
        switch (news.news()) {
            case WatchNews.Created created -> {
                Watch watch = stream.asked.removeFirst();
                watch.place = truth.place(watch.start);
                access(news, watch, true, true);
                watch.name = record.opens(watch.request, watch.start);
                stream.open.put(created.watch(), watch);
            }
            case WatchNews.Refused _ -> stream.asked.removeFirst();
            case WatchNews.Denied denied -> {
                boolean fresh = denied.watch() == WatchNews.NO_WATCH;
                Watch watch = fresh ? stream.asked.removeFirst() : open(news, stream);
                access(news, watch, fresh, false);
                stream.open.remove(denied.watch());
                situations.hit(fresh ? Probe.WATCH_FORBIDDEN : Probe.WATCH_ENDED_BY_PERMISSION);
            }
            case WatchNews.Events events -> {
                Watch watch = open(news, stream);
                access(news, watch, false, true);
                events(news, watch, events);
            }
            case WatchNews.Progress progress -> {
                situations.hit(Probe.WATCH_PROGRESS_TOLD);
                if (progress.watch() == WatchNews.NO_WATCH) {
                    for (Watch watch : stream.open.values()) {
                        progress(news, watch, progress.revision());
                    }
                } else {
                    own(news, open(news, stream), progress.revision());
                }
            }
            case WatchNews.Cancelled cancelled -> stream.open.remove(cancelled.watch());
            case WatchNews.Compacted compacted -> {
                compacted(news, open(news, stream), compacted.compactRevision());
                stream.open.remove(compacted.watch());
            }
        }
    }

    private static Watch open(Told news, Stream stream) {
        Watch watch = stream.open.get(news.news().watch());
        if (watch == null) {
            throw broken("M29", news, "that watch is over, or never began");
        }
        return watch;
    }

    private void access(Told news, Watch watch, boolean fresh, boolean may) {
        if (news.whole()
                && !access.mayBeSo(news.member(), watch.caller, watch.request.keys(), fresh, may)) {
            throw broken(
                    "M34",
                    news,
                    watch.caller + (may ? " may not read " : " may read ") + watch.request.keys());
        }
    }

    private void events(Told news, Watch watch, WatchNews.Events events) {
        record.told(watch.name, events);
        boolean first = true;
        for (WatchEvent event : events.events()) {
            long revision = event.kv().modRevision();
            if (first && watch.isTold && revision == watch.last && !watch.lastGoesOn) {
                throw broken("M25", news, "revision " + revision + " was said to be complete");
            }
            first = false;
            event(news, watch, event);
        }
        watch.lastGoesOn = events.fragment();
        if (events.fragment() && !watch.request.options().fragment()) {
            throw broken("M25", news, "nobody asked for fragments");
        }
    }

    private void event(Told news, Watch watch, WatchEvent event) {
        long revision = event.kv().modRevision();
        if (revision < watch.start) {
            throw broken("M29", news, "the watch starts at " + watch.start);
        }
        if (watch.isTold && revision < watch.last) {
            throw broken("M22", news, "revision " + watch.last + " was told before");
        }
        if (revision <= watch.progress) {
            throw broken("M27", news, "progress was told at " + watch.progress);
        }
        if (wasTold(watch, event.kv())) {
            throw broken("M23", news, event.kv() + " was told before");
        }
        Version expected = next(watch);
        if (expected.mod != revision || !expected.key.equals(event.kv().key())) {
            String rule = watch.isTold ? "M24" : "M26";
            throw broken(rule, news, "the next change it asks for is " + expected);
        }
        compare(news, watch, event, expected);
        watch.place++;
        watch.isTold = true;
        watch.last = revision;
    }

    /** Among the changes of the revision that was told of last. */
    private boolean wasTold(Watch watch, KeyValue kv) {
        for (int place = watch.place - 1; watch.isTold && place >= 0; place--) {
            Version change = truth.change(place);
            if (change.mod != kv.modRevision()) {
                return false;
            }
            if (change.key.equals(kv.key()) && watch.wants(change)) {
                return true;
            }
        }
        return false;
    }

    /** Moves on to the next change that it wants; {@link Version#NONE} if there is none yet. */
    private Version next(Watch watch) {
        int end = truth.place(Long.MAX_VALUE);
        while (watch.place < end) {
            Version change = truth.change(watch.place);
            if (watch.wants(change)) {
                return change;
            }
            watch.place++;
        }
        return Version.NONE;
    }

    private void compare(Told news, Watch watch, WatchEvent event, Version expected) {
        if (!expected.is(event.kv())) {
            throw broken("M28", news, "it was " + expected);
        }
        Version previous = expected.previous;
        boolean given = !event.previous().isEmpty();
        if (given && !watch.request.options().previous()) {
            throw broken("M28", news, "nobody asked for previous values");
        }
        if (given && !(previous.isThere() && previous.is(event.previous().getFirst()))) {
            throw broken("M28", news, "before it there was " + previous);
        }
        boolean mayBeGone = truth.compacted() >= expected.mod;
        boolean isDue = watch.request.options().previous() && previous.isThere() && !mayBeGone;
        if (isDue && !given) {
            throw broken("M28", news, "the previous value is missing: " + previous);
        }
    }

    /** Of itself a watch that has yet to begin has nothing to tell. */
    private void own(Told news, Watch watch, long revision) {
        if (watch.start > revision + 1) {
            throw broken("M29", news, "the watch starts at " + watch.start);
        }
        progress(news, watch, revision);
    }

    private void progress(Told news, Watch watch, long revision) {
        if (watch.start > revision + 1) {
            // It was told of the stream as a whole, and the watch has yet to begin.
            return;
        }
        record.reaches("progress", watch.name, revision);
        if (revision < watch.progress || (watch.isTold && revision < watch.last)) {
            throw broken(
                    "M27",
                    news,
                    "it had come to " + Math.max(watch.progress, watch.last) + " before");
        }
        Version next = next(watch);
        if (next != Version.NONE && next.mod <= revision) {
            throw broken("M27", news, "it was not told of " + next);
        }
        watch.progress = revision;
    }

    private void compacted(Told news, Watch watch, long revision) {
        situations.hit(watch.isTold ? Probe.WATCH_OVERTAKEN_BY_COMPACTION : Probe.WATCH_COMPACTED);
        record.reaches("compacted", watch.name, revision);
        long told = watch.lastGoesOn ? watch.last : watch.last + 1;
        long needs = Math.max(Math.max(watch.start, watch.progress + 1), told);
        if (needs >= revision) {
            throw broken("M29", news, "it needs nothing older than revision " + needs);
        }
        if (revision > truth.compacted()) {
            throw broken("M29", news, "nobody compacted more than up to " + truth.compacted());
        }
    }

    private static Finding broken(String rule, Told news, String why) {
        String name =
                switch (rule) {
                    case "M22" -> "watch ordered";
                    case "M23" -> "watch unique";
                    case "M24" -> "watch reliable";
                    case "M25" -> "watch atomic";
                    case "M26" -> "watch resumable";
                    case "M27" -> "watch bookmarkable";
                    case "M28" -> "watch truthful";
                    case "M34" -> "authorisation";
                    default -> "watch compacted or future";
                };
        List<String> words = new ArrayList<>();
        words.add("n" + news.member().number() + " tells stream " + news.stream());
        words.add(shortened(news.news().toString()) + ", but " + why);
        return new Finding(rule, name, String.join(": ", words));
    }

    private static String shortened(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }
}
