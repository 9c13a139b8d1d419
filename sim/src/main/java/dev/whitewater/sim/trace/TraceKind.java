package dev.whitewater.sim.trace;

/** What a line of a trace tells. */
public enum TraceKind {
    /** A member put a frame on the wire. */
    SEND,
    /** A frame reached a member, and the member handled it. */
    DELIVER,
    /** A frame came to nothing after it was sent: its receiver was down when it arrived. */
    DROP,
    /** A member's own deadline came. */
    TIMER,
    /** A disk command of a member completed. */
    DISK,
    /** A client called, a member received the request, or a client learnt the answer. */
    CLIENT,
    /** A fault fired or ended. */
    FAULT,
    /** A process started over what its disk held. */
    START,
    /** A process died. */
    CRASH,
    /** The simulator has something to say, such as the end of the faults. */
    NOTE,
    /** A monitor found its statement broken. */
    MONITOR
}
