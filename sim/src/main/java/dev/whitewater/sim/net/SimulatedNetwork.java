package dev.whitewater.sim.net;

import dev.whitewater.node.wire.Frame;
import dev.whitewater.node.wire.FrameCodec;
import dev.whitewater.node.wire.PeerRequestCodec;
import dev.whitewater.sim.journal.Journal;
import dev.whitewater.sim.plan.Fault;
import dev.whitewater.sim.plan.NetworkPlan;
import dev.whitewater.sim.plan.Ratio;
import dev.whitewater.sim.queue.EventQueue;
import dev.whitewater.sim.queue.SimEvent;
import dev.whitewater.sim.random.Decisions;
import dev.whitewater.sim.random.Mix;
import dev.whitewater.sim.random.Purpose;
import dev.whitewater.sim.trace.Fate;
import dev.whitewater.sim.trace.TraceKind;

import java.util.Arrays;
import java.util.Map;

/**
 * The links between members. What happens to a frame is decided by its link, its sender's process
 * and its number on that link in the life of that process.
 */
public final class SimulatedNetwork {

    private final NetworkPlan plan;
    private final Decisions decisions;
    private final EventQueue<SimEvent> queue;
    private final Journal journal;
    private final Links links;
    private final FrameCodec codec;
    private final PeerRequestCodec errands;
    private final NetworkCounters counters = new NetworkCounters();

    private final long[] numbers;
    private final long[] lastArrivals;
    private long messages;

    public SimulatedNetwork(
            NetworkPlan plan,
            Decisions decisions,
            EventQueue<SimEvent> queue,
            Journal journal,
            NetworkShape shape) {
        this.plan = plan;
        this.decisions = decisions;
        this.queue = queue;
        this.journal = journal;
        this.links = shape.links();
        this.codec = new FrameCodec(shape.clusterId(), shape.checksum());
        this.errands = new PeerRequestCodec(shape.clusterId());
        numbers = new long[links.size()];
        lastArrivals = new long[links.size()];
    }

    public NetworkCounters counters() {
        return counters;
    }

    /** A new process of {@code member} counts its frames from the start. */
    public void restarted(int member, int members) {
        for (int to = 1; to <= members; to++) {
            numbers[links.at(member, to)] = 0;
        }
    }

    /** What the frame says. The bytes were made by our own codec, so it can be read. */
    public Frame decode(byte[] frame) {
        return PeerRequestCodec.isPeerRequest(frame)
                ? new Frame.Errand(errands.decode(frame))
                : codec.decodeOwn(frame);
    }

    /** Sends a frame; {@code said} is what it says. Returns the event's number. */
    public long send(Sender sender, int to, byte[] frame, Frame said) {
        int from = sender.member();
        long number = ++numbers[links.at(from, to)];
        long messageNumber = ++messages;
        Course course = course(sender, to, number);
        counters.count(course.fate());
        if (course.fate() != Fate.CUT && course.fate() != Fate.LOST) {
            SimEvent arrives = new SimEvent.FrameArrives(from, to, messageNumber, frame, said);
            queue.push(course.arrival(), arrives);
            if (course.fate() == Fate.DUPLICATED) {
                queue.push(course.again(), arrives);
            }
        }
        long payload = Arrays.hashCode(frame) ^ course.arrival() << 8 ^ course.fate().code();
        long event = journal.record(TraceKind.SEND, from, to, messageNumber, payload);
        if (journal.isFull()) {
            journal.what(event, said.describe());
            journal.fate(event, course.fate(), course.arrival());
        }
        return event;
    }

    /**
     * What becomes of a frame.
     *
     * @param arrival when it arrives; 0 if it doesn't
     * @param again when it arrives once more, if it is duplicated
     */
    private record Course(Fate fate, long arrival, long again) {
        static final Course CUT = new Course(Fate.CUT, 0, 0);
        static final Course LOST = new Course(Fate.LOST, 0, 0);
    }

    private Course course(Sender sender, int to, long number) {
        int from = sender.member();
        int link = links.at(from, to);
        long key = (long) link << 32 | sender.incarnation();
        if (links.isCut(from, to)) {
            return Course.CUT;
        }
        if (isLost(key, number) || links.isDropped(sender, to, number)) {
            return Course.LOST;
        }
        long now = journal.now();
        boolean ordered = isOrdered(key, number);
        long arrival = Math.max(now, links.cloggedUntil(from, to, now)) + delay(key, number);
        if (!links.slows().isEmpty()) {
            for (Map.Entry<Long, Links.Slow> slow : links.slows().entrySet()) {
                long extra = extra(slow.getKey(), slow.getValue(), from, to, number);
                arrival += extra;
                ordered = ordered && (extra == 0 || slow.getValue().ordered());
            }
        }
        if (ordered) {
            arrival = Math.max(arrival, lastArrivals[link]);
            lastArrivals[link] = arrival;
        }
        return isDuplicated(key, number)
                ? new Course(Fate.DUPLICATED, arrival, arrival + duplicateDelay(key, number))
                : new Course(ordered ? Fate.NONE : Fate.DELAYED, arrival, 0);
    }

    private boolean isLost(long key, long number) {
        if (!plan.loss().isNever()
                && Decisions.hits(decisions.bits(Purpose.FRAME_LOSS, key, number), plan.loss())) {
            return true;
        }
        return !links.losses().isEmpty() && isLostToFault(key, number);
    }

    private boolean isLostToFault(long key, long number) {
        for (Map.Entry<Long, Ratio> loss : links.losses().entrySet()) {
            long bits = decisions.bits(Purpose.FRAME_FAULT_LOSS, loss.getKey(), key, number);
            if (Decisions.hits(bits, loss.getValue())) {
                return true;
            }
        }
        return false;
    }

    private long extra(long fault, Links.Slow slow, int from, int to, long number) {
        if (!slow.links().isEmpty() && !slow.links().contains(new Fault.Link(from, to))) {
            return 0;
        }
        long bits = decisions.bits(Purpose.LINK_FAULT_DELAY, fault, links.at(from, to), number);
        return Decisions.hits(bits, slow.ratio())
                ? Decisions.below(Mix.finish(bits), slow.extraNanosMax() + 1)
                : 0;
    }

    private boolean isOrdered(long key, long number) {
        return !hits(Purpose.FRAME_REORDER, key, number, plan.reorder())
                && !hits(Purpose.FRAME_LATE, key, number, plan.late());
    }

    private boolean isDuplicated(long key, long number) {
        return hits(Purpose.FRAME_DUPLICATION, key, number, plan.duplication());
    }

    private long delay(long key, long number) {
        long delay =
                Decisions.delay(decisions.bits(Purpose.FRAME_DELAY, key, number), plan.delay());
        if (hits(Purpose.FRAME_LATE, key, number, plan.late())) {
            long bits = decisions.bits(Purpose.FRAME_LATE, key, number, 1);
            delay += Decisions.below(bits, plan.lateNanosMax() + 1);
        }
        return delay;
    }

    /** Where frames are late at all, every other duplicate is: the first has been answered. */
    private long duplicateDelay(long key, long number) {
        long bits = decisions.bits(Purpose.DUPLICATE_DELAY, key, number);
        long delay = Decisions.delay(bits, plan.delay());
        if (!plan.late().isNever() && (bits & 1) == 0) {
            delay += Decisions.below(Long.reverse(bits), plan.lateNanosMax() + 1);
        }
        return delay;
    }

    private boolean hits(Purpose purpose, long key, long number, Ratio ratio) {
        return !ratio.isNever() && Decisions.hits(decisions.bits(purpose, key, number), ratio);
    }
}
