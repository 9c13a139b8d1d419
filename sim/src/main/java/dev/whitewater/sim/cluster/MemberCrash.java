package dev.whitewater.sim.cluster;

/** A member ended with an exception that it should not have thrown. */
public final class MemberCrash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemberCrash(int member, RuntimeException cause) {
        super("n" + member + " ended with " + cause, cause);
    }
}
