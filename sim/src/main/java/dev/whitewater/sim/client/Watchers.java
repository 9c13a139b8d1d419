package dev.whitewater.sim.client;

import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.sim.Probe;
import dev.whitewater.sim.cluster.Member;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.monitor.Monitors;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Dice;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.sim.trace.TraceKind;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.Caller;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.WatchRequest;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/**
 * Clients that watch: each over one stream to one member at a time, on which orders and news keep
 * their order. Some read slowly or not at all for a while. When the member's process ends, or at
 * whim, a watcher turns to another member and resumes every watch behind what it was told last.
 */
public final class Watchers {

    private static final int WATCHES_MOST = 12;

    /** With so many a client begins a stream. */
    private static final int FIRST_WATCHES_MOST = 5;

    private final RunPlan plan;
    private final Decisions decisions;
    private final EventQueue<SimEvent> queue;
    private final Journal journal;
    private final List<Member> members;
    private final Monitors monitors;
    private final Watcher[] watchers;
    private final long pace;
    private final int room;

    /** A client that isn't slow gives room back by so many answers at once. */
    private final int readsAt;

    private long newest = 1;
    private boolean healing;

    /** A watch as its client sees it. */
    private static final class Watched {
        private final KeyRange keys;
        private final WatchRequest.Options options;
        private final boolean tellsProgress;

        /** The user who watches; 0: nobody in particular. */
        private final int user;

        private long next;
        private boolean resumed;

        Watched(KeyRange keys, Dice dice, int users, long next) {
            this.keys = keys;
            options =
                    new WatchRequest.Options(
                            dice.oneIn(6), dice.oneIn(6), dice.oneIn(2), dice.oneIn(3));
            tellsProgress = dice.oneIn(3);
            user = users == 0 ? 0 : dice.below(users + 1);
            this.next = next;
        }
    }

    private static final class Watcher {
        private final int number;
        private final TreeMap<Long, Watched> watches = new TreeMap<>();

        /** Watches asked for on this stream and not answered; answers come in their order. */
        private final ArrayDeque<Long> asked = new ArrayDeque<>();

        private long acts;
        private long messages;
        private long names;
        private int connections;
        private int member;
        private int incarnation;
        private boolean connected;
        private boolean stalled;
        private boolean asksProgress;
        private int unread;
        private long lastSent;
        private long lastCame;

        Watcher(int number) {
            this.number = number;
        }

        long stream() {
            return (long) number << 32 | connections;
        }
    }

    public Watchers(
            RunPlan plan,
            Decisions decisions,
            EventQueue<SimEvent> queue,
            Journal journal,
            List<Member> members,
            Monitors monitors) {
        this.plan = plan;
        this.decisions = decisions;
        this.queue = queue;
        this.journal = journal;
        this.members = members;
        this.monitors = monitors;
        room = plan.cluster().services().watchRoom();
        readsAt = Math.min(8, (room + 1) / 2);
        pace = plan.cluster().electionTimeoutNanos() / 2;
        watchers = new Watcher[plan.workload().company().watchers()];
        for (int i = 0; i < watchers.length; i++) {
            watchers[i] = new Watcher(i);
        }
    }

    public void begin() {
        for (Watcher watcher : watchers) {
            actLater(watcher);
        }
    }

    /** The second phase: everybody reads at once, and wants to know how far it is. */
    public void heal() {
        healing = true;
        for (Watcher watcher : watchers) {
            watcher.stalled = false;
            queue.push(journal.now(), new SimEvent.WatcherActs(watcher.number, ++watcher.acts));
        }
    }

    /** What is missing before every watch has come as far as the log; empty if nothing is. */
    public String missing() {
        for (Watcher watcher : watchers) {
            if (!isAlive(watcher)) {
                return "watcher " + watcher.number + " has no stream";
            }
            String missing = monitors.watches().missing(watcher.stream());
            if (!missing.isEmpty()) {
                return "watcher " + watcher.number + ": " + missing;
            }
            if (watcher.asksProgress) {
                return "watcher " + watcher.number + " asked for progress in vain";
            }
        }
        return "";
    }

    /**
     * How long the slowest stream may take from when all is healed until it has told of what there
     * is now. Everybody gives the room of an answer back at once then, so a round trip brings as
     * many answers as a stream has room for.
     */
    public long catchUpNanos() {
        long most = 0;
        for (Watcher watcher : watchers) {
            most = Math.max(most, answersLeft(watcher));
        }
        return (most / room + 1) * 2 * plan.network().delay().maxNanos();
    }

    private long answersLeft(Watcher watcher) {
        if (isAlive(watcher)) {
            return monitors.watches().answersLeft(watcher.stream());
        }
        if (watcher.watches.isEmpty()) {
            return FIRST_WATCHES_MOST * monitors.watches().changesSince(0);
        }
        long most = 0;
        for (Watched watched : watcher.watches.values()) {
            if (watched.next > 0) {
                most = Math.max(most, monitors.watches().changesSince(watched.next));
            }
        }
        return most * watcher.watches.size();
    }

    private boolean isAlive(Watcher watcher) {
        return watcher.connected && members.get(watcher.member - 1).isServing(watcher.incarnation);
    }

    private void actLater(Watcher watcher) {
        long number = ++watcher.acts;
        long bits = decisions.bits(Purpose.WATCHER_THINK, watcher.number, number);
        long time = journal.now() + Decisions.between(bits, pace / 4, healing ? pace : 4 * pace);
        queue.push(time, new SimEvent.WatcherActs(watcher.number, number));
    }

    // ---- events; each returns whether it turned a client

    public boolean acts(SimEvent.WatcherActs acts) {
        Watcher watcher = watchers[acts.watcher()];
        if (acts.number() != watcher.acts) {
            return false;
        }
        Dice dice = new Dice(decisions.bits(Purpose.WATCHER_ACT, watcher.number, acts.number()));
        if (!isAlive(watcher)) {
            connect(watcher, dice);
        } else if (!healing) {
            act(watcher, dice);
        } else {
            read(watcher);
        }
        actLater(watcher);
        return true;
    }

    private void act(Watcher watcher, Dice dice) {
        int what = dice.below(16);
        if (what < 4 && watcher.watches.size() < WATCHES_MOST) {
            create(watcher, dice);
        } else if (what < 5 && !watcher.watches.isEmpty()) {
            long name = watcher.watches.firstKey();
            watcher.watches.remove(name);
            order(watcher, new WatchOrder.Cancel(name));
        } else if (what < 8) {
            askProgress(watcher);
        } else if (what < 10) {
            watcher.stalled = !watcher.stalled;
            read(watcher);
        } else if (what < 11) {
            order(watcher, new WatchOrder.Close());
            watcher.connected = false;
        } else if (!watcher.stalled) {
            read(watcher);
        }
    }

    private void askProgress(Watcher watcher) {
        watcher.asksProgress = true;
        order(watcher, new WatchOrder.AskProgress());
    }

    private void connect(Watcher watcher, Dice dice) {
        int member = 1 + dice.below(members.size());
        Member chosen = members.get(member - 1);
        if (!chosen.isServing(chosen.incarnation())) {
            return;
        }
        boolean moved = watcher.member != 0 && watcher.member != member;
        if (watcher.connections > 0
                && !members.get(watcher.member - 1).isServing(watcher.incarnation)) {
            monitors.watches().closed(watcher.stream());
        }
        watcher.connections++;
        watcher.member = member;
        watcher.incarnation = chosen.incarnation();
        watcher.connected = true;
        watcher.stalled = false;
        watcher.asksProgress = false;
        watcher.unread = 0;
        watcher.asked.clear();
        if (watcher.watches.isEmpty()) {
            for (int left = 1 + dice.below(FIRST_WATCHES_MOST); left > 0; left--) {
                create(watcher, dice);
            }
        } else {
            watcher.watches.forEach(
                    (name, watched) -> {
                        watched.resumed = moved;
                        begin(watcher, name, watched, dice);
                    });
        }
        if (healing) {
            askProgress(watcher);
        }
    }

    private void begin(Watcher watcher, long name, Watched watched, Dice dice) {
        WatchRequest request = new WatchRequest(watched.keys, watched.next, watched.options);
        Caller caller =
                watched.user == 0
                        ? Caller.NOBODY
                        : User.caller(watched.user, monitors.authRevision(), dice);
        watcher.asked.addLast(name);
        order(watcher, new WatchOrder.Create(name, request, watched.tellsProgress, caller));
    }

    /** From now, the past, what may be compacted, or the future. */
    private void create(Watcher watcher, Dice dice) {
        long start =
                switch (dice.below(8)) {
                    case 0, 1 -> 0;
                    case 2 -> 1;
                    case 3 -> newest + 1 + dice.below(30);
                    case 4 -> newest + 1;
                    default -> Math.max(1, newest - dice.below(60));
                };
        long name = ++watcher.names;
        Watched watched = new Watched(keys(dice), dice, plan.workload().company().users(), start);
        watcher.watches.put(name, watched);
        begin(watcher, name, watched, dice);
    }

    private KeyRange keys(Dice dice) {
        Bytes key = Bytes.utf8("k" + dice.below(plan.workload().keys()));
        return switch (dice.below(5)) {
            case 0, 1 -> KeyRange.single(key);
            case 2 -> KeyRange.prefix(Bytes.utf8("k"));
            case 3 -> KeyRange.from(key);
            default -> KeyRange.ALL;
        };
    }

    // ---- the stream

    private void order(Watcher watcher, WatchOrder order) {
        long number = ++watcher.messages;
        long bits = decisions.bits(Purpose.WATCH_DELAY, watcher.number, number);
        long arrives = journal.now() + Decisions.delay(bits, plan.network().delay());
        watcher.lastSent = Math.max(watcher.lastSent, arrives);
        queue.push(
                watcher.lastSent,
                new SimEvent.WatchOrderArrives(
                        watcher.member, watcher.incarnation, watcher.stream(), order));
    }

    /** Room for as many more answers as were read. */
    private void read(Watcher watcher) {
        if (watcher.unread > 0 && !watcher.stalled) {
            order(watcher, new WatchOrder.Room(watcher.unread));
            watcher.unread = 0;
        }
    }

    /** A member has news; they are under way. */
    public void told(long stream, WatchNews news) {
        Watcher watcher = watchers[(int) (stream >>> 32)];
        long number = ++watcher.messages;
        long bits = decisions.bits(Purpose.WATCH_DELAY, watcher.number, number);
        long arrives = journal.now() + Decisions.delay(bits, plan.network().delay());
        watcher.lastCame = Math.max(watcher.lastCame, arrives);
        queue.push(watcher.lastCame, new SimEvent.WatchNewsArrive(watcher.number, stream, news));
    }

    public boolean newsArrive(SimEvent.WatchNewsArrive arrive) {
        Watcher watcher = watchers[arrive.watcher()];
        if (!watcher.connected || watcher.stream() != arrive.stream()) {
            return false;
        }
        long event = journal.record(TraceKind.CLIENT, watcher.member, watcher.stream() | 1L << 42);
        if (journal.isFull()) {
            journal.what(event, "watcher " + watcher.number + " is told " + arrive.news());
        }
        watcher.unread++;
        if (watcher.stalled && watcher.unread >= room) {
            monitors.situations().hit(Probe.WATCHER_FELL_BEHIND);
        }
        learnt(watcher, arrive.news());
        if (healing || watcher.unread >= readsAt) {
            read(watcher);
        }
        return true;
    }

    private void learnt(Watcher watcher, WatchNews news) {
        switch (news) {
            case WatchNews.Events events -> {
                Watched watched = watcher.watches.get(events.watch());
                if (watched != null && !events.events().isEmpty()) {
                    if (watched.resumed) {
                        monitors.situations().hit(Probe.WATCH_RESUMED_ELSEWHERE);
                        watched.resumed = false;
                    }
                    long last = events.events().getLast().kv().modRevision();
                    watched.next = events.fragment() ? last : last + 1;
                    heardOf(last);
                }
            }
            case WatchNews.Progress progress -> {
                watcher.asksProgress &= progress.watch() != WatchNews.NO_WATCH;
                heardOf(progress.revision());
            }
            case WatchNews.Compacted compacted -> {
                Watched watched = watcher.watches.get(compacted.watch());
                if (watched != null) {
                    watched.next = compacted.compactRevision();
                    watched.resumed = false;
                    begin(watcher, compacted.watch(), watched, new Dice(watched.next));
                }
            }
            case WatchNews.Denied denied ->
                    watcher.watches.remove(
                            denied.watch() == WatchNews.NO_WATCH
                                    ? watcher.asked.removeFirst()
                                    : denied.watch());
            case WatchNews.Refused _ -> watcher.watches.remove(watcher.asked.removeFirst());
            case WatchNews.Created _ -> watcher.asked.removeFirst();
            case WatchNews.Cancelled _ -> {
                // Nothing to remember.
            }
        }
    }

    /** Whoever is told of a change knows that it is committed. */
    private void heardOf(long revision) {
        newest = Math.max(newest, revision);
        monitors.readFloor().learnt(revision);
    }
}
