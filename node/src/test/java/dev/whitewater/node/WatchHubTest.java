package dev.whitewater.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.node.testing.TestCluster;
import dev.whitewater.store.Bytes;
import dev.whitewater.store.KeyRange;
import dev.whitewater.store.MaintenanceRequest;
import dev.whitewater.store.Put;
import dev.whitewater.store.WatchRequest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Watch streams of a member, as etcd's clients see them. */
class WatchHubTest {

    private static final int ROOM = ServiceLimits.DEFAULT.watchRoom();

    private static final long STREAM = 9;

    private final TestCluster cluster = new TestCluster(1, 1 << 20);

    @BeforeEach
    void start() {
        cluster.startAll();
        cluster.electLeader();
    }

    private void put(String key, int times) {
        for (int i = 0; i < times; i++) {
            cluster.write(1, Put.of(Bytes.utf8(key), Bytes.utf8("v" + i)));
            cluster.settle();
        }
    }

    private void create(long name, String prefix, long revision) {
        KeyRange keys = KeyRange.prefix(Bytes.utf8(prefix));
        order(new WatchOrder.Create(name, WatchRequest.of(keys, revision), false));
    }

    private void order(WatchOrder order) {
        cluster.order(1, STREAM, order);
        cluster.settle();
    }

    private List<Long> revisions(long watch) {
        List<Long> revisions = new ArrayList<>();
        for (WatchNews news : cluster.news(STREAM)) {
            if (news instanceof WatchNews.Events events && events.watch() == watch) {
                events.events().forEach(event -> revisions.add(event.kv().modRevision()));
            }
        }
        return revisions;
    }

    @Test
    void watchTellsThePastThenThePresentOnceAndInOrder() {
        put("a", 3);
        create(WatchOrder.ANY, "a", 3);
        assertEquals(List.of(3L, 4L), revisions(0));
        put("a", 2);
        put("b", 1);
        assertEquals(List.of(5L, 6L), revisions(0));
    }

    @Test
    void namesAreTheClientsOrTheNextFree() {
        create(1, "a", 0);
        create(WatchOrder.ANY, "a", 0);
        create(WatchOrder.ANY, "a", 0);
        create(1, "a", 0);
        create(WatchOrder.ANY, "z", 0);
        assertEquals(
                List.of(
                        new WatchNews.Created(1),
                        new WatchNews.Created(0),
                        new WatchNews.Created(2),
                        new WatchNews.Refused(
                                -1, "mvcc: duplicate watch ID provided on the WatchStream"),
                        new WatchNews.Created(3)),
                cluster.news(STREAM));
    }

    @Test
    void emptyRangeIsRefusedWithEtcdsText() {
        KeyRange keys = KeyRange.between(Bytes.utf8("b"), Bytes.utf8("a"));
        order(new WatchOrder.Create(0, WatchRequest.of(keys, 0), false));
        assertEquals(
                List.of(new WatchNews.Refused(-1, "mvcc: watcher range is empty")),
                cluster.news(STREAM));
    }

    @Test
    void cancelledWatchIsSilent() {
        create(4, "a", 0);
        order(new WatchOrder.Cancel(4));
        order(new WatchOrder.Cancel(4));
        put("a", 1);
        assertEquals(
                List.of(new WatchNews.Created(4), new WatchNews.Cancelled(4)),
                cluster.news(STREAM));
    }

    @Test
    void closedStreamIsForgotten() {
        create(0, "a", 0);
        cluster.news(STREAM);
        order(new WatchOrder.Close());
        put("a", 1);
        assertEquals(List.of(), cluster.news(STREAM));
    }

    @Test
    void streamWithoutRoomIsToldNothingAndLosesNothing() {
        create(0, "a", 0);
        put("a", 2 * ROOM);
        List<Long> first = revisions(0);
        assertTrue(first.size() < ROOM, "told " + first.size());
        order(new WatchOrder.Room(ROOM));
        List<Long> all = new ArrayList<>(first);
        all.addAll(revisions(0));
        assertEquals(2 * ROOM, all.size());
        assertEquals(all.stream().sorted().distinct().toList(), all);
    }

    @Test
    void slowStreamHoldsUpNobodyElse() {
        create(0, "a", 0);
        cluster.order(1, 77, new WatchOrder.Create(0, watchAll(), false));
        for (int i = 0; i < 3 * ROOM; i++) {
            put("a", 1);
            cluster.order(1, 77, new WatchOrder.Room(1));
        }
        long told = cluster.news(77).stream().filter(WatchNews.Events.class::isInstance).count();
        assertEquals(3L * ROOM, told);
    }

    private static WatchRequest watchAll() {
        return WatchRequest.of(KeyRange.ALL, 0);
    }

    @Test
    void watchThatNeedsWhatWasCompactedIsOver() {
        put("a", 5);
        cluster.write(1, new MaintenanceRequest.Compact(5));
        cluster.settle();
        create(0, "a", 3);
        assertEquals(
                List.of(new WatchNews.Created(0), new WatchNews.Compacted(0, 5)),
                cluster.news(STREAM));
    }

    @Test
    void progressOfAStreamIsToldWhenAllItsWatchesCameThatFar() {
        put("a", 2);
        create(0, "a", 1);
        create(1, "b", 0);
        order(new WatchOrder.AskProgress());
        List<WatchNews> news = cluster.news(STREAM);
        assertEquals(new WatchNews.Progress(-1, 3), news.getLast());
        assertEquals(1, news.stream().filter(WatchNews.Progress.class::isInstance).count());
    }

    @Test
    void idleWatchTellsItsProgressNowAndThen() {
        KeyRange keys = KeyRange.prefix(Bytes.utf8("a"));
        order(new WatchOrder.Create(0, WatchRequest.of(keys, 0), true));
        put("b", 1);
        cluster.news(STREAM);
        long tenMinutes = 600_000_000_000L / TestCluster.TICK;
        cluster.pass(tenMinutes + 1);
        assertEquals(List.of(new WatchNews.Progress(0, 2)), cluster.news(STREAM));
    }

    @Test
    void memberThatDoesNotRunRefusesAWatch() {
        TestCluster cold = new TestCluster(1, 1 << 16);
        cold.order(1, STREAM, new WatchOrder.Create(0, watchAll(), false));
        assertInstanceOf(WatchNews.Refused.class, cold.news(STREAM).getFirst());
    }
}
