package dev.whitewater.sim.trace;

/** What the network did with a frame when it was sent. */
public enum Fate {
    /** Not a frame, or one that will arrive once. */
    NONE(0),
    LOST(1),
    /** The link was cut. */
    CUT(2),
    /** It will arrive twice. */
    DUPLICATED(3),
    /** It will arrive out of order or very late. */
    DELAYED(4);

    private final int code;

    Fate(int code) {
        this.code = code;
    }

    /** Its number in trace hashes; frozen. */
    public int code() {
        return code;
    }
}
