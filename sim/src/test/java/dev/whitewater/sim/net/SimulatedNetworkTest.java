package dev.whitewater.sim.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.node.codec.Crc32c;
import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.FrameCodec;
import dev.whitewater.raft.message.HeartbeatRequest;
import dev.whitewater.raft.message.Message;
import dev.whitewater.raft.message.NodeId;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.plan.DelayPlan;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

class SimulatedNetworkTest {

    private static final int FRAMES = 2_000;

    /** A network with its surroundings. */
    private static final class Bench {
        final EventQueue<SimEvent> queue = new EventQueue<>();
        final Journal journal = new Journal(true);
        final Links links = new Links(3);
        final SimulatedNetwork network;
        final FrameCodec codec = new FrameCodec(1);

        Bench(NetworkPlan plan) {
            network =
                    new SimulatedNetwork(
                            plan,
                            new Decisions(7),
                            queue,
                            journal,
                            new NetworkShape(links, 1, Crc32c::of));
        }

        void send(int from, int to, long term) {
            Message message = new HeartbeatRequest(new NodeId(from), new NodeId(to), term, 0, 0);
            network.send(new Sender(from, 1), to, codec.encode(message), new Frame.Core(message));
        }

        /** The terms of the frames that arrive, with the time of each, in order. */
        List<Long> arrivals(TreeMap<Long, Long> times) {
            List<Long> terms = new ArrayList<>();
            while (!queue.isEmpty()) {
                long time = queue.nextTime();
                SimEvent.FrameArrives frame =
                        assertInstanceOf(SimEvent.FrameArrives.class, queue.pop());
                terms.add(frame.message().term());
                times.putIfAbsent(frame.message().term(), time);
            }
            return terms;
        }

        List<Long> arrivals() {
            return arrivals(new TreeMap<>());
        }
    }

    private static NetworkPlan plan(Ratio loss, Ratio duplication, Ratio reorder, Ratio late) {
        return new NetworkPlan(
                new DelayPlan(1_000, 10_000, 100_000),
                loss,
                duplication,
                reorder,
                late,
                10_000_000,
                Ratio.NEVER);
    }

    private static NetworkPlan perfect() {
        return plan(Ratio.NEVER, Ratio.NEVER, Ratio.NEVER, Ratio.NEVER);
    }

    private static List<Long> sendAll(Bench bench) {
        for (int i = 1; i <= FRAMES; i++) {
            bench.journal.setNow(i * 1_000L);
            bench.send(1, 2, i);
        }
        return bench.arrivals();
    }

    @Test
    void aPerfectLinkDeliversEachFrameOnceAndInOrder() {
        List<Long> arrived = sendAll(new Bench(perfect()));
        assertEquals(FRAMES, arrived.size());
        assertEquals(arrived.stream().sorted().toList(), arrived);
    }

    @Test
    void aLossyLinkLosesItsShare() {
        Ratio tenth = new Ratio(1, 10);
        int arrived = sendAll(new Bench(plan(tenth, Ratio.NEVER, Ratio.NEVER, Ratio.NEVER))).size();
        assertTrue(arrived > FRAMES * 85 / 100 && arrived < FRAMES * 95 / 100, "got " + arrived);
    }

    @Test
    void aDuplicatingLinkDeliversSomeFramesTwice() {
        Ratio tenth = new Ratio(1, 10);
        int arrived = sendAll(new Bench(plan(Ratio.NEVER, tenth, Ratio.NEVER, Ratio.NEVER))).size();
        assertTrue(arrived > FRAMES * 105 / 100 && arrived < FRAMES * 115 / 100, "got " + arrived);
    }

    @Test
    void aReorderingLinkLetsFramesOvertake() {
        Ratio half = new Ratio(1, 2);
        List<Long> arrived = sendAll(new Bench(plan(Ratio.NEVER, Ratio.NEVER, half, Ratio.NEVER)));
        assertEquals(FRAMES, arrived.size());
        assertNotEquals(arrived.stream().sorted().toList(), arrived);
    }

    @Test
    void aLateFrameDoesNotHoldUpThoseBehindIt() {
        Bench bench = new Bench(plan(Ratio.NEVER, Ratio.NEVER, Ratio.NEVER, new Ratio(1, 50)));
        for (int i = 1; i <= FRAMES; i++) {
            bench.journal.setNow(i * 1_000L);
            bench.send(1, 2, i);
        }
        TreeMap<Long, Long> times = new TreeMap<>();
        assertEquals(FRAMES, bench.arrivals(times).size());
        long late =
                times.entrySet().stream()
                        .filter(it -> it.getValue() - it.getKey() * 1_000 > 200_000)
                        .count();
        assertTrue(late > 10 && late < 80, "late " + late);
    }

    @Test
    void aCutIsOneWayAndEndsWithTheLastOfSeveral() {
        Bench bench = new Bench(perfect());
        bench.links.cut(1, 2);
        bench.links.cut(1, 2);
        bench.send(1, 2, 1);
        bench.send(2, 1, 2);
        bench.links.mend(1, 2);
        bench.send(1, 2, 3);
        bench.links.mend(1, 2);
        bench.send(1, 2, 4);
        assertEquals(List.of(2L, 4L), bench.arrivals().stream().sorted().toList());
        assertEquals(2, bench.network.counters().messages().cut());
    }

    @Test
    void whatHappensToAFrameDependsOnItsNumberOnItsLinkAlone() {
        NetworkPlan rough = plan(new Ratio(1, 5), new Ratio(1, 5), Ratio.ALWAYS, new Ratio(1, 5));
        Bench alone = new Bench(rough);
        Bench busy = new Bench(rough);
        for (int i = 1; i <= FRAMES; i++) {
            alone.send(1, 2, i);
            busy.send(3, 2, 10_000 + i);
            busy.send(1, 2, i);
            busy.send(1, 3, 20_000 + i);
        }
        TreeMap<Long, Long> first = new TreeMap<>();
        TreeMap<Long, Long> second = new TreeMap<>();
        alone.arrivals(first);
        busy.arrivals(second);
        assertEquals(first, new TreeMap<>(second.headMap(10_000L)));
        assertTrue(first.size() > FRAMES / 2);
    }

    @Test
    void aFaultsLossEndsWithTheFault() {
        Bench bench = new Bench(perfect());
        bench.links.addLoss(5, Ratio.ALWAYS);
        bench.send(1, 2, 1);
        bench.links.removeLoss(5);
        bench.send(1, 2, 2);
        assertEquals(List.of(2L), bench.arrivals());
    }
}
