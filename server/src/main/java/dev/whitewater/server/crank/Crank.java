package dev.whitewater.server.crank;

import dev.whitewater.node.ClientRequest;
import dev.whitewater.node.Lifecycle;
import dev.whitewater.node.Node;
import dev.whitewater.node.NodeEvent;
import dev.whitewater.node.NodeView;
import dev.whitewater.node.port.ClientReplies;
import dev.whitewater.node.port.DiskResult;
import dev.whitewater.node.port.Reply;
import dev.whitewater.node.port.WatchNews;
import dev.whitewater.node.port.WatchOrder;
import dev.whitewater.raft.message.NodeId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one thread that turns a {@link Node}: it drains an inbox, and everything else only posts to
 * it. Time is read here and nowhere else.
 */
public final class Crank implements ClientReplies {

    /** Turns after which what was produced so far is handed on, though more is waiting. */
    private static final int TURNS_PER_BATCH = 64;

    private static final long LONGEST_PARK_NANOS = 1_000_000_000;

    private final ConcurrentLinkedQueue<Posted> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong names = new AtomicLong();
    private final Map<Long, Answer> answers = new HashMap<>();
    private final Map<Long, WatchAnswers> watches = new HashMap<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private final Host host;
    private final Thread thread;
    private volatile boolean parked;
    private volatile Lifecycle lifecycle = Lifecycle.NEW;
    private Node node;
    private long ahead;

    /** What happens around the turns; called by the state-machine thread. */
    public interface Host {

        /** After some turns: what they produced may go out. */
        void turned(NodeView member);

        /** The member runs from now on. */
        void running(NodeView member);

        /** The member has come to its end; {@code cause} has no message if it was asked to. */
        void ended(Throwable cause);
    }

    /** A look that somebody waits for. */
    private record Awaited(Predicate<NodeView> condition, Consumer<NodeView> look) {}

    /** One thing in the inbox. */
    private interface Posted {
        void turn(long now);
    }

    public Crank(Host host) {
        this.host = host;
        thread = Thread.ofPlatform().name("member").daemon().unstarted(this::run);
    }

    /** Builds the node over this crank's replies and starts turning. */
    public void start(Function<ClientReplies, Node> member) {
        node = member.apply(this);
        post(now -> node.handle(new NodeEvent.Started(now)));
        thread.start();
    }

    // ---- posting, by any thread

    private void post(Posted what) {
        waiting.incrementAndGet();
        inbox.add(what);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** How much waits to be taken in: whoever can wait should, while it is much. */
    public int backlog() {
        return waiting.get();
    }

    public Lifecycle lifecycle() {
        return lifecycle;
    }

    public void request(ClientRequest request, Answer answer) {
        post(
                now -> {
                    long name = names.incrementAndGet();
                    answers.put(name, answer);
                    node.handle(new NodeEvent.RequestArrived(now, name, request));
                });
    }

    /** A new watch stream; its name. */
    public long openWatch(WatchAnswers listener) {
        long stream = names.incrementAndGet();
        post(_ -> watches.put(stream, listener));
        return stream;
    }

    public void watch(long stream, WatchOrder order) {
        post(
                now -> {
                    if (order instanceof WatchOrder.Close) {
                        watches.remove(stream);
                    }
                    node.handle(new NodeEvent.WatchOrdered(now, stream, order));
                });
    }

    public void frame(NodeId from, byte[] frame) {
        post(now -> node.handle(new NodeEvent.FrameArrived(now, from, frame)));
    }

    public void disk(DiskResult result) {
        post(now -> node.handle(new NodeEvent.DiskFinished(now, result)));
    }

    /** A look at the member between two turns. */
    public void look(Consumer<NodeView> look) {
        post(_ -> look.accept(node.view()));
    }

    /** A look at the member as soon as {@code condition} holds, at once or between later turns. */
    public void await(Predicate<NodeView> condition, Consumer<NodeView> look) {
        look(
                view -> {
                    if (condition.test(view)) {
                        look.accept(view);
                    } else {
                        awaited.add(new Awaited(condition, look));
                    }
                });
    }

    public void stop() {
        post(now -> node.handle(new NodeEvent.Stopping(now)));
    }

    /** The member's clock jumps by so much: how a fresh member shortens its first wait. */
    public void hurry(long nanos) {
        post(
                now -> {
                    ahead += nanos;
                    node.handle(new NodeEvent.Ticked(now + nanos));
                });
    }

    // ---- turning

    private long now() {
        return System.nanoTime() + ahead;
    }

    private void run() {
        Throwable cause = new Throwable();
        try {
            while (!isOver()) {
                turnSome();
                lookForOthers();
                host.turned(node.view());
                maybePark();
            }
        } catch (Throwable e) {
            // Whatever it is, this member must not go on: its host reports it and ends the process.
            cause = e;
        }
        lifecycle = node.view().lifecycle();
        host.turned(node.view());
        answers.values()
                .forEach(
                        answer ->
                                answer.take(
                                        new Reply.Refused(Reply.Reason.STOPPING, NodeId.NONE),
                                        node.view()));
        answers.clear();
        host.ended(cause);
    }

    private boolean isOver() {
        Lifecycle now = node.view().lifecycle();
        if (now != lifecycle) {
            lifecycle = now;
            if (now == Lifecycle.RUNNING) {
                host.running(node.view());
            }
        }
        return now == Lifecycle.STOPPED || now == Lifecycle.FAILED;
    }

    private void turnSome() {
        for (int i = 0; i < TURNS_PER_BATCH; i++) {
            Posted next = inbox.poll();
            if (next == null) {
                break;
            }
            waiting.decrementAndGet();
            next.turn(now());
            Lifecycle after = node.view().lifecycle();
            if (after == Lifecycle.STOPPED) {
                return;
            }
        }
        if (node.nextDeadlineNanos() <= now()) {
            node.handle(new NodeEvent.Ticked(now()));
        }
    }

    private void lookForOthers() {
        awaited.removeIf(
                waiting -> {
                    boolean holds = waiting.condition().test(node.view());
                    if (holds) {
                        waiting.look().accept(node.view());
                    }
                    return holds;
                });
    }

    private void maybePark() {
        long wait = Math.min(node.nextDeadlineNanos() - now(), LONGEST_PARK_NANOS);
        if (node.nextDeadlineNanos() == Long.MAX_VALUE) {
            wait = LONGEST_PARK_NANOS;
        }
        parked = true;
        if (inbox.isEmpty() && wait > 0) {
            LockSupport.parkNanos(this, wait);
        }
        parked = false;
    }

    // ---- what the node says

    @Override
    public void reply(long requestId, Reply reply) {
        Answer answer = answers.remove(requestId);
        if (answer != null) {
            answer.take(reply, node.view());
        }
    }

    @Override
    public void watch(long stream, WatchNews news) {
        WatchAnswers listener = watches.get(stream);
        if (listener != null) {
            listener.take(news, node.view());
        }
    }
}
