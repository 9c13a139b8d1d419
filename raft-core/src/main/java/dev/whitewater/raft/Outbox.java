package dev.whitewater.raft;

import dev.whitewater.raft.message.Message;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages that may leave, and messages that wait for a Ready to be durable. This is the one place
 * that keeps "no promise before it is on disk" (thesis §3.8).
 */
final class Outbox {

    private final ArrayList<Message> sendable = new ArrayList<>();

    /** In ascending order of the Readys that they wait for. */
    private final ArrayList<Held> held = new ArrayList<>();

    /** {@code message} waits for the Ready {@code number}. */
    private record Held(long number, Message message) {}

    void send(Message message) {
        sendable.add(message);
    }

    /**
     * Holds {@code message} back until the Ready {@code number} is durable. What is said already
     * need not be said twice: a request that arrives again and again must not make this grow.
     */
    void hold(Message message, long number) {
        int after = held.size();
        for (int i = held.size() - 1; i >= 0 && held.get(i).number() >= number; i--) {
            if (held.get(i).number() > number) {
                after = i;
            } else if (held.get(i).message().equals(message)) {
                return;
            }
        }
        held.add(after, new Held(number, message));
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
        return !held.isEmpty() && held.getFirst().number() <= persisted;
    }

    /** Those that wait leave in the order in which they were said. */
    Message takeReleased() {
        return held.removeFirst().message();
    }

    /** What waits, and for which Ready; one line each. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (Held each : held) {
            lines.add("held for #" + each.number() + ": " + Describe.message(each.message()));
        }
        return lines;
    }

    /** Hands the messages over and forgets them. */
    List<Message> take() {
        List<Message> taken = Copies.of(sendable);
        sendable.clear();
        return taken;
    }
}
