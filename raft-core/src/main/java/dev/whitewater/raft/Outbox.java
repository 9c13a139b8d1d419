package dev.whitewater.raft;

import dev.whitewater.raft.message.Message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Messages that may leave, and messages that wait for a Ready to be durable. This is the one place
 * that keeps "no promise before it is on disk" (thesis §3.8).
 */
final class Outbox {

    private List<Message> sendable = new ArrayList<>();
    private ArrayDeque<Held> held = new ArrayDeque<>();

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

    /** What waited for {@code persisted} or an earlier Ready, in the order it was said. */
    List<Message> release(long persisted) {
        if (held.isEmpty()) {
            return List.of();
        }
        List<Message> released = new ArrayList<>();
        ArrayDeque<Held> rest = new ArrayDeque<>();
        for (Held each : held) {
            if (each.number() <= persisted) {
                released.add(each.message());
            } else {
                rest.addLast(each);
            }
        }
        held = rest;
        return released;
    }

    /** Hands the messages over and forgets them. */
    List<Message> take() {
        if (sendable.isEmpty()) {
            return List.of();
        }
        List<Message> taken = Collections.unmodifiableList(sendable);
        sendable = new ArrayList<>();
        return taken;
    }
}
