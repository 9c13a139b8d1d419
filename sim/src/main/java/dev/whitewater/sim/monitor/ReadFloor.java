package dev.whitewater.sim.monitor;

/**
 * M19, read floor: a linearizable read shows at least the highest revision that anyone was told of
 * before it was called. Cheap, and blind to which key it was; the checker sees the rest.
 */
public final class ReadFloor {

    private long told;

    /** The floor of an operation that is called now. */
    public long floor() {
        return told;
    }

    /** A client learns of {@code revision}. */
    public void learnt(long revision) {
        told = Math.max(told, revision);
    }

    /** A linearizable read that was called at {@code floor} returns {@code revision}. */
    public void read(int member, long revision, long floor) {
        if (revision < floor) {
            throw new Finding(
                    "M19",
                    "read floor",
                    "n"
                            + member
                            + " answered a linearizable read from revision "
                            + revision
                            + ", but revision "
                            + floor
                            + " was known to a client before the read was called");
        }
    }
}
