package dev.whitewater.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whitewater.raft.RaftRules;
import dev.whitewater.sim.history.ClientOperation;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.FaultPlan;
import dev.whitewater.sim.plan.RunPlan;
import dev.whitewater.sim.plan.Target;
import dev.whitewater.sim.trace.Fate;
import dev.whitewater.sim.trace.TraceEvent;
import dev.whitewater.sim.trace.TraceKind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A plan is edited: one fault is removed, or one message dropped. All that is not touched by it
 * stays as it was: everything before, to the last event; and after it, though members now do other
 * things at other times, every decision that both runs have to make. {@code -Dwhitewater.edits=40}
 * makes a thousand edits instead of two hundred.
 */
class DecisionKeysTest {

    private static final int PLANS = 25;

    /** Of each plan; 40 make it a thousand, 8 keep the build short. */
    private static final int EDITS = Integer.getInteger("whitewater.edits", 8);

    /** A frame by what its decisions are keyed with. */
    private record Frame(int from, int to, long life, long number) implements Comparable<Frame> {
        @Override
        public int compareTo(Frame other) {
            int byLink = Integer.compare(from * 10 + to, other.from * 10 + other.to);
            int byLife = byLink != 0 ? byLink : Long.compare(life, other.life);
            return byLife != 0 ? byLife : Long.compare(number, other.number);
        }
    }

    /** What became of a frame. */
    private record Sent(TraceEvent event, boolean queued) {
        long delay() {
            return event.arriveNanos() - event.nanos();
        }
    }

    private record Edited(RunPlan plan, long firstTouched, long fromNanos, long untilNanos) {}

    @Test
    void anEditTouchesOnlyWhatItEdits() {
        long prefix = 0;
        long frames = 0;
        int plans = 0;
        for (int seed = 1; plans < PLANS; seed++) {
            RunPlan plan = Plans.brief(Plans.rough(seed));
            RunResult base = traced(plan);
            TreeMap<Frame, Sent> sent = sent(base);
            if (sent.isEmpty()) {
                continue; // a cluster of one
            }
            plans++;
            Random random = new Random(seed);
            for (int i = 0; i < EDITS; i++) {
                Edited edited = edit(plan, base, sent, random);
                RunResult other = traced(edited.plan());
                prefix += compareUpTo(edited.firstTouched(), base, other);
                frames += compareFrames(edited, sent, sent(other));
                compareClients(base.history(), other.history());
                compareDraws(edited.plan(), base, other);
            }
        }
        assertTrue(prefix > 300L * PLANS * EDITS, "compared only " + prefix + " events");
        assertTrue(frames > 100L * PLANS * EDITS, "compared only " + frames + " frames");
    }

    private static RunResult traced(RunPlan plan) {
        return Simulation.run(plan, RaftRules.HONEST, RunOptions.TRACED);
    }

    private static Edited edit(
            RunPlan plan, RunResult base, TreeMap<Frame, Sent> sent, Random random) {
        if (random.nextBoolean() && !plan.faults().isEmpty()) {
            List<FaultPlan> fewer = new ArrayList<>(plan.faults());
            FaultPlan gone = fewer.remove(random.nextInt(fewer.size()));
            long first = firstAt(base, gone.atNanos());
            long until = gone.atNanos() + gone.forNanos();
            return new Edited(plan.withFaults(fewer), first, gone.atNanos(), until);
        }
        List<Frame> all = new ArrayList<>(sent.keySet());
        Frame frame = all.get(random.nextInt(all.size()));
        Fault drop =
                new Fault.DropFrame(
                        new Fault.Link(frame.from(), frame.to()),
                        (int) frame.life(),
                        frame.number());
        TraceEvent event = sent.get(frame).event();
        List<FaultPlan> more = new ArrayList<>(plan.faults());
        // A frame is sent while its event is handled: the fault begins a moment before.
        more.add(new FaultPlan("drop", event.nanos() - 1, 2, drop));
        long first = firstAt(base, event.nanos() - 1);
        return new Edited(plan.withFaults(more), first, event.nanos() - 1, event.nanos() + 1);
    }

    private static long firstAt(RunResult run, long nanos) {
        for (TraceEvent event : run.trace().events()) {
            if (event.nanos() >= nanos) {
                return event.event();
            }
        }
        return run.trace().events().size() + 1L;
    }

    private static long compareUpTo(long first, RunResult base, RunResult other) {
        for (int i = 0; i < first - 1; i++) {
            assertEquals(base.trace().events().get(i), other.trace().events().get(i));
        }
        return first - 1;
    }

    /** Frames by key; {@code queued} if one waited for its predecessor, or for another fault. */
    private static TreeMap<Frame, Sent> sent(RunResult run) {
        TreeMap<Frame, Sent> sent = new TreeMap<>();
        long[] lives = new long[10];
        long[][] numbers = new long[10][10];
        long[][] latest = new long[10][10];
        for (TraceEvent event : run.trace().events()) {
            if (event.kind() == TraceKind.START) {
                lives[event.node()]++;
                numbers[event.node()] = new long[10];
            } else if (event.kind() == TraceKind.SEND) {
                int from = event.node();
                int to = event.peer();
                Frame frame = new Frame(from, to, lives[from], ++numbers[from][to]);
                boolean queued = event.arriveNanos() <= latest[from][to];
                sent.put(frame, new Sent(event, queued));
                if (event.fate() != Fate.DELAYED) {
                    latest[from][to] = Math.max(latest[from][to], event.arriveNanos());
                }
            }
        }
        return sent;
    }

    /** The same delay for the same frame, but where a fault or a frame before it decided. */
    private static long compareFrames(
            Edited edited, TreeMap<Frame, Sent> base, TreeMap<Frame, Sent> other) {
        long compared = 0;
        for (var entry : other.entrySet()) {
            Sent now = entry.getValue();
            Sent then = base.get(entry.getKey());
            if (then != null && isFree(edited, then) && isFree(edited, now)) {
                assertEquals(then.delay(), now.delay(), () -> then.event() + " " + now.event());
                compared++;
            }
        }
        return compared;
    }

    private static boolean isFree(Edited edited, Sent sent) {
        if (sent.queued() || sent.event().arriveNanos() == 0) {
            return false;
        }
        long at = sent.event().nanos();
        for (FaultPlan fault : edited.plan().faults()) {
            if (at >= fault.atNanos() && at <= fault.atNanos() + fault.forNanos()) {
                return false;
            }
        }
        return at < edited.fromNanos() || at > edited.untilNanos();
    }

    private static void compareClients(List<ClientOperation> base, List<ClientOperation> other) {
        TreeMap<Integer, List<ClientOperation>> then = byClient(base);
        byClient(other)
                .forEach(
                        (client, operations) -> {
                            List<ClientOperation> before = then.getOrDefault(client, List.of());
                            int both = Math.min(operations.size(), before.size());
                            for (int i = 0; i < both; i++) {
                                assertEquals(before.get(i).kind(), operations.get(i).kind());
                                assertEquals(before.get(i).key(), operations.get(i).key());
                            }
                        });
    }

    private static TreeMap<Integer, List<ClientOperation>> byClient(List<ClientOperation> all) {
        TreeMap<Integer, List<ClientOperation>> clients = new TreeMap<>();
        // The last client is the prober: what it does depends on what it was told.
        int prober = all.stream().mapToInt(ClientOperation::client).max().orElse(0);
        for (ClientOperation operation : all) {
            if (operation.client() != prober) {
                clients.computeIfAbsent(operation.client(), _ -> new ArrayList<>()).add(operation);
            }
        }
        return clients;
    }

    /** Faults that draw whom they hit draw the same. */
    private static void compareDraws(RunPlan plan, RunResult base, RunResult other) {
        for (FaultPlan fault : plan.faults()) {
            if (fault.fault() instanceof Fault.OfMembers it && isDrawn(it.target())) {
                assertEquals(begins(base, fault.id()), begins(other, fault.id()));
            }
        }
    }

    private static boolean isDrawn(Target target) {
        return target instanceof Target.AMajority || target instanceof Target.AMinority;
    }

    private static String begins(RunResult run, String id) {
        return run.trace().events().stream()
                .filter(it -> it.kind() == TraceKind.FAULT && it.fault().equals(id))
                .findFirst()
                .map(TraceEvent::what)
                .orElse("never");
    }
}
