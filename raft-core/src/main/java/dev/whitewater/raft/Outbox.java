package dev.whitewater.raft;

import dev.whitewater.raft.message.Message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that may leave, and messages that wait for a Ready to be durable. This is the one place
 * that keeps "no promise before it is on disk" (thesis §3.8).
 */
final class Outbox {

    private final ArrayList<Message> sendable = new ArrayList<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    /** {@code message} waits for the Ready {@code number}. */
    private record Held(long number, Message message) {}

    void send(Message message) {
        sendable.add(message);
    }

    void hold(Message message, long number) {
        held.addLast(new Held(number, message));
    }

    boolean hasSendable() {
        return !sendable.isEmpty();
    }

    /** Messages of an older term are worth nothing to anyone; those that wait are forgotten. */
    void dropHeld() {
        held.clear();
    }

    /** Whether the first that waits did so for {@code persisted} or an earlier Ready. */
    boolean hasReleased(long persisted) {
        return !held.isEmpty() && held.peekFirst().number() <= persisted;
    }

    /** Those that wait leave in the order in which they were said. */
    Message takeReleased() {
        return held.removeFirst().message();
    }

    /** What waits, in order, with the Ready that each message waits for. */
    String describe() {
        StringBuilder text = new StringBuilder("held");
        for (Held each : held) {
            text.append(" [#")
                    .append(each.number())
                    .append(' ')
                    .append(Describe.message(each.message()))
                    .append(']');
        }
        return text.toString();
    }

    /** Hands the messages over and forgets them. */
    List<Message> take() {
        List<Message> taken = Copies.of(sendable);
        sendable.clear();
        return taken;
    }
}
