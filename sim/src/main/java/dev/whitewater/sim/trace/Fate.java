package dev.whitewater.sim.trace;

/** What the network did with a frame when it was sent. */
public enum Fate {
    /** Not a frame, or one that will arrive once. */
    NONE,
    LOST,
    /** The link was cut. */
    CUT,
    /** It will arrive twice. */
    DUPLICATED,
    /** It will arrive out of order or very late. */
    DELAYED
}
