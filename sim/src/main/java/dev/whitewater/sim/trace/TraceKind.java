package dev.whitewater.sim.trace;

/** What a line of a trace tells. */
public enum TraceKind {
    /** A member put a frame on the wire. */
    SEND(1),
    /** A frame reached a member, and the member handled it. */
    DELIVER(2),
    /** A frame came to nothing after it was sent: its receiver was down when it arrived. */
    DROP(3),
    /** A member's own deadline came. */
    TIMER(4),
    /** A disk command of a member completed. */
    DISK(5),
    /** A client called, a member received the request, or a client learnt the answer. */
    CLIENT(6),
    /** A fault fired or ended. */
    FAULT(7),
    /** A process started over what its disk held. */
    START(8),
    /** A process died. */
    CRASH(9),
    /** The simulator has something to say, such as the end of the faults. */
    NOTE(10),
    /** A monitor found its statement broken. */
    MONITOR(11);

    private final int code;

    TraceKind(int code) {
        this.code = code;
    }

    /** Its number in trace hashes; frozen. */
    public int code() {
        return code;
    }

    public static TraceKind ofCode(int code) {
        for (TraceKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of event has the code " + code);
    }
}
