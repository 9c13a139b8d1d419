package dev.whitewater.reports.run;

import java.util.List;

/**
 * One line of a run's trace.
 *
 * @param node the member it happened at, or {@link #NOBODY}
 * @param peer the other end of a message, or {@link #NOBODY}
 * @param message the message's number, the same at its sending and its arrival, or {@link #NONE}
 * @param what one clause in the words of the thesis
 * @param fault the id of the fault behind it, or empty
 * @param fate what the network did to a sent message ("lost", "cut", "duplicated"), or empty
 */
public record Event(
        long id,
        long nanos,
        Kind kind,
        int node,
        int peer,
        long message,
        String what,
        Change change,
        List<String> notes,
        String fault,
        String fate) {

    public static final int NOBODY = 0;
    public static final long NONE = -1;

    /** What sort of thing happened; the words of the run folder in upper case. */
    public enum Kind {
        SEND,
        DELIVER,
        DROP,
        TIMER,
        DISK,
        CLIENT,
        FAULT,
        START,
        CRASH,
        NOTE,
        MONITOR,
        /** A kind this version does not know: kept, counted and shown as text. */
        OTHER
    }

    public Event {
        notes = List.copyOf(notes);
    }

    /** The kind of message, the first word of {@link #what}. */
    public String messageKind() {
        int end = what.indexOf(' ');
        return end < 0 ? what : what.substring(0, end);
    }

    public boolean isHeartbeat() {
        return what.startsWith("Heartbeat");
    }
}
